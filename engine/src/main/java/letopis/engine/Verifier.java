package letopis.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import letopis.engine.index.Index;
import letopis.engine.index.IndexOptions;
import letopis.engine.read.Publication;
import letopis.engine.read.Replay;
import letopis.journal.BlockVisitor;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.file.FileJournal;
import letopis.journal.file.JournalVerification;
import letopis.journal.file.VerificationReport;
import letopis.store.StoreDamagedException;

/**
 * Checks a store in two passes. The journal reads all its files and reports each fault; only where it finds none, the records
 * are read once more and checked against each other as an opening does it ({@link Replay}): positions, revisions without gaps,
 * times that do not go backwards, payloads that can be decoded.
 */
final class Verifier {
    private static final long PROGRESS_NANOS = Duration.ofMillis(250).toNanos();

    private final Disk disk;
    private final VerifyProgress progress;
    private final Index index = Index.inMemory(new UUID(0, 0),
            IndexOptions.DEFAULT.withBackground(false).withRetryWindow(0));
    private final List<Fault> faults = new ArrayList<>();
    private long journalBytes;
    private long usedBytes;

    Verifier(Disk disk, VerifyProgress progress) {
        this.disk = disk;
        this.progress = progress;
    }

    Verification verify(Path directory) {
        VerificationReport report;
        try {
            report = JournalVerification.run(disk, this::firstPass,
                    fault -> faults.add(new Fault(fault.file(), fault.offset(), fault.damage())));
        } catch (IOException e) {
            throw Opening.failed(directory, e);
        }
        if (faults.isEmpty()) {
            checkRecords(directory);
        }
        progress.checked(2 * journalBytes, 2 * journalBytes);
        return new Verification(report.blocks(), faults.isEmpty() ? index.last() : report.lastPosition(),
                index.streamCount(index.last()), report.bytes(), report.tornTail().map(Opening::tornTail), faults);
    }

    private void checkRecords(Path directory) {
        try (Journal journal = FileJournal.openReadOnly(disk)) {
            usedBytes = Math.max(1, journal.stats().usedBytes());
            journal.replay(1,
                    new SecondPass(new Replay(journal, index, new Publication("the store that is verified"))));
        } catch (StoreDamagedException e) {
            faults.add(new Fault(e.place(), e.offset(), e.damage()));
        } catch (IOException e) {
            throw Opening.failed(directory, e);
        }
    }

    /** Both passes count as much as the files are large. */
    private void firstPass(long doneBytes, long totalBytes) {
        journalBytes = totalBytes;
        progress.checked(doneBytes, 2 * totalBytes);
    }

    /** Says how far the replay is. */
    private final class SecondPass implements BlockVisitor {
        private final Replay replay;
        private long replayedBytes;
        private long saidNanos = System.nanoTime();

        private SecondPass(Replay replay) {
            this.replay = replay;
        }

        @Override
        public void record(long block, RecordKind kind, long position, long place, ByteBuffer payload) {
            replayedBytes += payload.remaining();
            replay.record(block, kind, position, place, payload);
        }

        @Override
        public void endOfBlock(long block, long lastPosition) {
            replay.endOfBlock(block, lastPosition);
            long now = System.nanoTime();
            if (now - saidNanos > PROGRESS_NANOS) {
                saidNanos = now;
                double share = Math.min(1.0, (double) replayedBytes / usedBytes);
                progress.checked(journalBytes + (long) (share * journalBytes), 2 * journalBytes);
            }
        }
    }
}
