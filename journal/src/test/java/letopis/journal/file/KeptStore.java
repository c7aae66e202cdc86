package letopis.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

import letopis.journal.disk.RealDisk;

/** The store that is kept under {@code format-1}: blocks in three segments, closed once in between and at the end. */
final class KeptStore {
    private static final int BLOCKS = 14;
    private static final int CLOSED_AFTER = 6;

    private KeptStore() {}

    static WrittenLog log() {
        SplittableRandom random = new SplittableRandom(20260102);
        WrittenLog log = WrittenLog.EMPTY;
        for (int i = 0; i < BLOCKS; i++) {
            log = log.with(WrittenBlock.random(random));
            if (i == CLOSED_AFTER) {
                log = log.with(WrittenBlock.CLEAN_END);
            }
        }
        return log.with(WrittenBlock.CLEAN_END);
    }

    /** Writes it into a directory: done once, when a version of the format is made. */
    public static void main(String[] arguments) throws IOException {
        RealDisk disk = RealDisk.at(Path.of(arguments[0]));
        JournalOptions options = JournalOptions.DEFAULT.withSegmentBytes(4096, 8192).withPreparation(Runnable::run);
        FileJournal journal = FileJournal.open(disk, options, () -> FormatExample.STORE_ID, Ids.CLOCK,
                PlantedBug.NONE);
        for (WrittenBlock block : log().acknowledged()) {
            if (block.isCleanEnd()) {
                journal.close();
                journal = FileJournal.open(disk, options);
            } else {
                CrashStateCheck.append(journal, block);
            }
        }
        journal.close();
    }
}
