package letopis.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import letopis.journal.RecordReader;
import letopis.journal.disk.RealDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Interrupts of any thread that uses a journal harm nothing, wherever they hit, and are kept. */
@Timeout(120)
class InterruptTest {
    private static final JournalOptions SMALL = JournalOptions.DEFAULT.withSegmentBytes(8 << 10, 32 << 10);
    private static final int BLOCKS = 300;

    @TempDir
    Path directory;

    @Test
    void aStormOfInterruptsHarmsNeitherTheWriterNorTheReaders() throws Exception {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicBoolean done = new AtomicBoolean();
        List<WrittenBlock> written = new ArrayList<>();
        FileJournal journal = FileJournal.open(RealDisk.at(directory), SMALL);
        Thread writer = start(failures, () -> {
            SplittableRandom random = new SplittableRandom(9);
            for (int i = 0; i < BLOCKS; i++) {
                WrittenBlock block = WrittenBlock.random(random);
                CrashStateCheck.append(journal, block);
                written.add(block);
            }
        });
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(start(failures, () -> {
                try (RecordReader reader = journal.reader()) {
                    while (!done.get()) {
                        journal.replay(1, (block, kind, position, place, payload) -> {});
                        long last = journal.lastBlock();
                        journal.replay(Math.max(1, last), (block, kind, position, place, payload) -> readAt(reader,
                                place));
                    }
                }
            }));
        }
        long storms = 0;
        while (writer.isAlive()) {
            writer.interrupt();
            readers.get(ThreadLocalRandom.current().nextInt(readers.size())).interrupt();
            storms++;
            LockSupport.parkNanos(20_000);
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failures).isEmpty();
        assertThat(storms).isGreaterThan(100);
        Thread.currentThread().interrupt();
        journal.close();
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();

        WrittenLog log = WrittenLog.EMPTY;
        for (WrittenBlock block : written) {
            log = log.with(block);
        }
        Thread.currentThread().interrupt();
        try (FileJournal again = FileJournal.open(RealDisk.at(directory), SMALL)) {
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
            assertThat(again.tornTail()).isEmpty();
            log.with(WrittenBlock.CLEAN_END).check(again);
        }
    }

    private static void readAt(RecordReader reader, long place) {
        try {
            reader.read(place);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread start(ConcurrentLinkedQueue<Throwable> failures, Work work) {
        return Thread.ofPlatform().start(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException | Error e) {
                failures.add(e);
            }
        });
    }
}
