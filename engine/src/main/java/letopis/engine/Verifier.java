package letopis.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import letopis.engine.index.Index;
import letopis.engine.index.IndexOptions;
import letopis.engine.index.SavedIndex;
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
 * are read once more, and compared with the index ({@link RecordsOfRuns}); what it does not reach is checked as an opening does
 * it ({@link Replay}): positions, revisions without gaps, times that do not go backwards, payloads that can be decoded. Where
 * there is no index, or it is wrong, all is checked so, and an index is made in memory: about 20 bytes for each event.
 */
final class Verifier {
    private static final IndexOptions OPTIONS = IndexOptions.DEFAULT.withBackground(false).withRetryWindow(0);
    private static final long PROGRESS_NANOS = Duration.ofMillis(250).toNanos();

    private final Disk disk;
    private final VerifyProgress progress;
    private final List<Fault> faults = new ArrayList<>();
    private long journalBytes;
    private long usedBytes;
    private long events;
    private long streams;

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
        return new Verification(report.blocks(), faults.isEmpty() ? events : report.lastPosition(), streams,
                report.bytes(), report.tornTail().map(Opening::tornTail), faults);
    }

    private void checkRecords(Path directory) {
        SavedIndex saved = SavedIndex.in(disk);
        saved.damage().ifPresent(this::fault);
        try (FileJournal journal = FileJournal.openReadOnly(disk, saved.mark())) {
            usedBytes = Math.max(1, journal.stats().usedBytes());
            try (Index index = saved.open(journal, journal.resumedFrom(), OPTIONS, false)) {
                if (index.last() == 0) {
                    check(journal, index, replay(journal, index));
                    return;
                }
                check(journal, index, new RecordsOfRuns(journal, index, saved.mark().orElseThrow().block()));
            }
            if (!faults.isEmpty()) { // is it the index that is wrong, or the journal, too?
                try (Index anew = Index.inMemory(journal.storeId(), OPTIONS)) {
                    check(journal, anew, replay(journal, anew));
                }
            }
        } catch (IOException e) {
            throw Opening.failed(directory, e);
        }
    }

    private static Replay replay(Journal journal, Index index) {
        return new Replay(journal, index, new Publication("the store that is verified"));
    }

    private void check(Journal journal, Index index, BlockVisitor visitor) throws IOException {
        try {
            journal.replay(1, new SecondPass(visitor));
            if (visitor instanceof RecordsOfRuns runs) {
                runs.finish(this::fault);
            }
            events = index.last();
            streams = index.streamCount(index.last());
        } catch (StoreDamagedException e) {
            fault(e);
        }
    }

    private void fault(StoreDamagedException e) {
        faults.add(new Fault(e.place(), e.offset(), e.damage()));
    }

    /** Both passes count as much as the files are large. */
    private void firstPass(long doneBytes, long totalBytes) {
        journalBytes = totalBytes;
        progress.checked(doneBytes, 2 * totalBytes);
    }

    /** Says how far the replay is. */
    private final class SecondPass implements BlockVisitor {
        private final BlockVisitor replay;
        private long replayedBytes;
        private long saidNanos = System.nanoTime();

        private SecondPass(BlockVisitor replay) {
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
