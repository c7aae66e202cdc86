package letopis.journal.file;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import letopis.journal.BlockDraft;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.journal.disk.Disk;
import letopis.journal.disk.RecordingDisk;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SegmentsTest {
    private static final JournalOptions TINY = JournalOptions.DEFAULT.withSegmentBytes(2048, 4096)
            .withPreparation(Runnable::run);

    /** While one reader waits for the disk to open a file, others read and the writer writes. */
    @Test
    void nobodyWaitsForAReaderThatOpensAFile() throws Exception {
        RecordingDisk machine = new RecordingDisk();
        long place;
        try (FileJournal journal = FileJournal.open(machine, TINY)) {
            place = append(journal);
        }
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean();
        Disk disk = disk(machine, () -> {
            if (slow.compareAndSet(true, false)) {
                reached.countDown();
                go.await();
            }
        });
        FileJournal journal = FileJournal.open(disk, TINY);
        slow.set(true);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> length(journal, place),
                task -> Thread.ofPlatform().start(task));
        assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 30; i++) {
                assertThat(length(journal, append(journal))).isEqualTo(100);
            }
        }, task -> Thread.ofPlatform().start(task));
        assertThat(others).succeedsWithin(Duration.ofSeconds(10));
        assertThat(journal.stats().segments()).isGreaterThan(3);
        assertThat(first).isNotDone();

        go.countDown();
        assertThat(first).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(100);
        journal.close();
    }

    /** The events of one stream may lie in as many files as there are. */
    @Test
    void filesThatAreReadByTurnsStayOpen() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        try (FileJournal journal = FileJournal.open(disk(new RecordingDisk(), opened::incrementAndGet), TINY)) {
            List<Long> places = new ArrayList<>();
            while (journal.stats().segments() <= 200) {
                places.add(append(journal));
            }
            places.forEach(place -> assertThat(length(journal, place)).isEqualTo(100));
            int before = opened.get();
            assertThat(before).isGreaterThan(100);

            places.forEach(place -> assertThat(length(journal, place)).isEqualTo(100));
            assertThat(opened).hasValue(before);
        }
    }

    private static long append(Journal journal) {
        try {
            BlockDraft draft = journal.draft(100);
            long place = draft.add(RecordKind.EVENT, new byte[100], 0, 100);
            journal.append(draft);
            return place;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int length(Journal journal, long place) {
        try (RecordReader reader = journal.reader()) {
            return reader.read(place).remaining();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Something that may take long. */
    @FunctionalInterface
    private interface Waiting {
        void run() throws InterruptedException;
    }

    /** A disk that does something before it opens a file for reading. */
    private static Disk disk(Disk disk, Waiting beforeOpening) {
        return (Disk) Proxy.newProxyInstance(Disk.class.getClassLoader(), new Class<?>[]{Disk.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("open") && arguments[1] == Disk.Access.READ) {
                        beforeOpening.run();
                    }
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
