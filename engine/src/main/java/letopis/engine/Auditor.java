package letopis.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

import letopis.engine.seal.Audit;
import letopis.journal.BlockVisitor;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.file.FileJournal;
import letopis.proof.InvalidProofException;
import letopis.proof.SealedRoot;
import letopis.proof.VerifyingKey;

/** Audits a store in a directory, whether it is open somewhere or not. */
final class Auditor {
    private final Disk disk;
    private final Optional<Disk> remembered;
    private final VerifyProgress progress;

    Auditor(Disk disk, Optional<Disk> remembered, VerifyProgress progress) {
        this.disk = disk;
        this.remembered = remembered;
        this.progress = progress;
    }

    AuditReport audit(Path directory, Collection<VerifyingKey> keys, Collection<SealedRoot> saved) {
        saved.forEach(root -> root.check(keys));
        try (Journal journal = FileJournal.openReadOnly(disk)) {
            for (SealedRoot root : saved) {
                if (!root.store().equals(journal.storeId())) {
                    throw new InvalidProofException("the root that was kept is of the store " + root.store()
                            + ", and this is " + journal.storeId());
                }
            }
            long total = Math.max(1, journal.stats().usedBytes());
            Audit.Result it = new Audit(journal, keys).run(saved, remembered, visitor -> new Watched(visitor, total));
            progress.checked(total, total);
            return new AuditReport(it.events(), it.erased(), it.seals(), it.newest(), it.found()
                    .stream()
                    .map(one -> new AuditReport.Tampered(one.firstPosition(), one.lastPosition(), one.what()))
                    .toList());
        } catch (IOException e) {
            throw Opening.failed(directory, e);
        }
    }

    /** Says how far the reading is. */
    private final class Watched implements BlockVisitor {
        private static final int RECORDS = 10_000;

        private final BlockVisitor visitor;
        private final long total;
        private long bytes;
        private int records;

        private Watched(BlockVisitor visitor, long total) {
            this.visitor = visitor;
            this.total = total;
        }

        @Override
        public void record(long block, RecordKind kind, long position, long place, ByteBuffer payload) {
            bytes += payload.remaining();
            visitor.record(block, kind, position, place, payload);
            if (++records % RECORDS == 0) {
                progress.checked(Math.min(bytes, total), total);
            }
        }

        @Override
        public void endOfBlock(long block, long lastPosition) {
            visitor.endOfBlock(block, lastPosition);
        }
    }
}
