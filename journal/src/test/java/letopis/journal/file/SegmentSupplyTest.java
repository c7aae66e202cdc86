package letopis.journal.file;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import letopis.journal.BlockDraft;
import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.InterceptedDisk;
import letopis.journal.disk.RecordingDisk;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SegmentSupplyTest {
    private static final int SEGMENT_BYTES = 24 << 20;

    /** A block that is written meanwhile waits for all that the disk was given before. */
    @Test
    void theDiskIsNeverGivenMuchOfASegmentAtOnce() throws IOException {
        AtomicLong unforced = new AtomicLong();
        AtomicLong most = new AtomicLong();
        AtomicLong written = new AtomicLong();
        Disk disk = InterceptedDisk.of(new RecordingDisk(), operation -> {
            if (operation.file().endsWith(SegmentSupply.UNFINISHED)) {
                switch (operation.name()) {
                    case "write" -> {
                        long bytes = operation.number(3);
                        written.addAndGet(bytes);
                        most.accumulateAndGet(unforced.addAndGet(bytes), Math::max);
                    }
                    case "force" -> unforced.set(0);
                    default -> {
                        // says nothing of bytes
                    }
                }
            }
            return operation.proceed();
        });
        JournalOptions options = JournalOptions.DEFAULT.withSegmentBytes(SEGMENT_BYTES, SEGMENT_BYTES)
                .withPreparation(Runnable::run);
        try (FileJournal journal = FileJournal.open(disk, options)) {
            BlockDraft draft = journal.draft(1);
            draft.add(RecordKind.EVENT, new byte[1], 0, 1);
            journal.append(draft);
        }

        assertThat(written).hasValueGreaterThanOrEqualTo(SEGMENT_BYTES);
        assertThat(most.get()).isLessThanOrEqualTo((4 << 20));
        assertThat(unforced).as("in the end all is forced").hasValue(0);
    }
}
