package letopis.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.PositionBeyondHeadException;
import letopis.store.Query;
import letopis.store.StoreException;
import letopis.store.StoreUnusableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoreBackupTest {
    private static final long SEED = Long.getLong("letopis.backup.seed", new Random().nextLong());
    private static final int STATES = Integer.getInteger("letopis.backup.states", 4);
    private static final OptionalLong ALL = OptionalLong.empty();

    private final RecordingDisk disk = new RecordingDisk();

    private static void append(EmbeddedEventStore store, int from, int to) {
        for (int i = from; i < to; i++) {
            store.append(new CrashLoad(7, i % 3, i).append());
        }
    }

    private static BackupReport backUp(RecordingDisk store, RecordingDisk target) {
        return StoreBackup.make(store, Disks.NAME, target, VerifyProgress.NONE);
    }

    private static StoreContent content(RecordingDisk of) {
        RecordingDisk copy = Disks.copy(of);
        try (EmbeddedEventStore store = Disks.openReadOnly(copy)) {
            return StoreContent.of(store);
        }
    }

    @Test
    void backupOfAnOpenStoreHasAllThatWasAcknowledged() {
        RecordingDisk target = new RecordingDisk();
        try (EmbeddedEventStore store = Disks.open(disk)) {
            append(store, 0, 20);
            store.forget(Forget.before("own-1", 1));
            BackupReport report = backUp(disk, target);
            assertThat(report.head()).isEqualTo(store.head());
            assertThat(content(target)).isEqualTo(StoreContent.of(store));
            assertThat(new Verifier(target, VerifyProgress.NONE).verify(Disks.NAME).faults()).isEmpty();
        }
    }

    @Test
    void laterBackupCopiesOnlyWhatHasChanged() {
        RecordingDisk target = new RecordingDisk();
        try (EmbeddedEventStore store = Disks.open(disk)) {
            append(store, 0, 40);
            int first = backUp(disk, target).copied();
            append(store, 40, 60);
            BackupReport second = backUp(disk, target);
            assertThat(second.kept()).isEqualTo(first - 1);
            assertThat(content(target)).isEqualTo(StoreContent.of(store));
            BackupReport third = backUp(disk, target);
            assertThat(third.copied()).isOne();
            assertThat(third.copiedBytes()).isLessThan(second.copiedBytes());
        }
    }

    @Test
    void backupOfAClosedStoreAndOfOneThatWasKilledHasAllOfIt() {
        EmbeddedEventStore store = Disks.open(disk);
        append(store, 0, 10);
        StoreContent written = StoreContent.of(store);
        disk.endProcess();
        RecordingDisk killed = new RecordingDisk();
        backUp(disk, killed);
        assertThat(content(killed)).isEqualTo(written);
        Disks.open(disk).close();
        disk.endProcess();
        RecordingDisk closed = new RecordingDisk();
        backUp(disk, closed);
        assertThat(content(closed)).isEqualTo(written);
    }

    /** After each operation of a backup the power is cut: what is there is the earlier backup, or the new one, and never less. */
    @Test
    void interruptedBackupLeavesTheEarlierOneWhole() {
        Random random = new Random(SEED);
        try (EmbeddedEventStore store = Disks.open(disk)) {
            RecordingDisk target = new RecordingDisk();
            append(store, 0, 12);
            StoreContent nothing = new StoreContent(0, List.of(), List.of());
            StoreContent early = StoreContent.of(store);
            int states = interrupted(target, random, nothing, early);
            append(store, 12, 30);
            StoreContent late = StoreContent.of(store);
            states += interrupted(target, random, early, late);
            assertThat(states).isGreaterThan(STATES * 20);
        }
    }

    private int interrupted(RecordingDisk target, Random random, StoreContent before, StoreContent after) {
        List<RecordingDisk> states = new ArrayList<>();
        target.afterEachOperation(() -> {
            PowerCut cut = target.powerCut();
            for (int i = 0; i < STATES; i++) {
                int[] chosen = new int[cut.units()];
                for (int unit = 0; unit < chosen.length; unit++) {
                    chosen[unit] = random.nextInt(cut.ways(unit));
                }
                states.add(cut.state(chosen));
            }
        });
        backUp(disk, target);
        target.afterEachOperation(() -> {});
        for (RecordingDisk state : states) {
            StoreContent found;
            try {
                found = content(state);
            } catch (StoreException e) {
                assertThat(before.head()).as("seed " + SEED + ": " + e).isZero();
                found = before;
            }
            assertThat(found.head()).as("seed " + SEED).isBetween(before.head(), after.head());
            assertThat(found.events().equals(after.events().subList(0, (int) found.head()))).as("seed " + SEED)
                    .isTrue();
            backUp(disk, state);
            assertThat(content(state)).as("seed " + SEED).isEqualTo(after);
        }
        return states.size();
    }

    @Test
    void directoryThatIsNoBackupOfThisStoreIsRefusedAndLeftAlone() {
        try (EmbeddedEventStore store = Disks.open(disk)) {
            append(store, 0, 3);
            RecordingDisk other = new RecordingDisk();
            Disks.open(other).close();
            other.endProcess();
            long untouched = other.contentHash();
            assertThatThrownBy(() -> backUp(disk, other)).isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining("is no backup");
            assertThat(other.contentHash()).isEqualTo(untouched);
            RecordingDisk backupOfOther = new RecordingDisk();
            backUp(other, backupOfOther);
            assertThatThrownBy(() -> backUp(disk, backupOfOther)).hasMessageContaining("another store");
        }
    }

    @Test
    void backupThatWasWrittenToIsNotOverwritten() {
        try (EmbeddedEventStore store = Disks.open(disk)) {
            append(store, 0, 3);
            RecordingDisk target = new RecordingDisk();
            backUp(disk, target);
            try (EmbeddedEventStore opened = Disks.open(target)) {
                append(opened, 3, 5);
                assertThatThrownBy(() -> backUp(disk, target)).hasMessageContaining("opened for writing");
            }
            target.endProcess();
            assertThatThrownBy(() -> backUp(disk, target)).hasMessageContaining("store of its own");
        }
    }

    @Test
    void restoredStoreIsTheSame() {
        RecordingDisk backup = new RecordingDisk();
        RecordingDisk target = new RecordingDisk();
        StoreContent written;
        try (EmbeddedEventStore store = Disks.open(disk)) {
            append(store, 0, 30);
            store.forget(Forget.delete("own-2"));
            backUp(disk, backup);
            written = StoreContent.of(store);
        }
        StoreBackup.restore(backup, Disks.NAME, target, ALL, VerifyProgress.NONE);
        try (EmbeddedEventStore restored = Disks.open(target)) {
            assertThat(StoreContent.of(restored)).isEqualTo(written);
            append(restored, 30, 35);
            assertThat(restored.head()).isGreaterThan(written.head());
        }
        assertThatThrownBy(() -> StoreBackup.restore(backup, Disks.NAME, target, ALL, VerifyProgress.NONE))
                .hasMessageContaining("not empty");
    }

    @Test
    void storeIsRestoredAsItWasAfterEachAppendAndNothingBehindIt() {
        List<StoreContent> after = new ArrayList<>();
        try (EmbeddedEventStore store = Disks.open(disk)) {
            for (int i = 0; i < 25; i++) {
                store.append(new CrashLoad(7, i % 3, i).append());
                after.add(StoreContent.of(store));
                if (i % 5 == 4) {
                    store.forget(Forget.before("own-0", 1));
                }
            }
        }
        disk.endProcess();
        StoreContent last = new StoreContent(0, List.of(), List.of());
        for (StoreContent expected : after) {
            for (long upTo = last.head(); upTo < expected.head(); upTo++) {
                assertThat(restored(upTo)).as("up to " + upTo).isEqualTo(last);
            }
            last = expected;
        }
        assertThat(restored(last.head())).isEqualTo(last);
        assertThatThrownBy(() -> restored(after.getLast().head() + 1)).isInstanceOf(PositionBeyondHeadException.class);
    }

    private StoreContent restored(long upTo) {
        RecordingDisk target = new RecordingDisk();
        StoreBackup.restore(disk, Disks.NAME, target, OptionalLong.of(upTo), VerifyProgress.NONE);
        try (EmbeddedEventStore store = Disks.open(target)) {
            store.append(Append.to("new-1").of(Event.of("Begun", "{}")));
            assertThatThrownBy(() -> store.subscribe(Query.all(), upTo + 100))
                    .isInstanceOf(PositionBeyondHeadException.class);
        }
        target.endProcess();
        StoreContent content = content(target);
        return new StoreContent(content.head() - 1, content.events().subList(0, content.events().size() - 1),
                content.streams().stream().filter(it -> !it.stream().equals("new-1")).toList());
    }

    @Test
    void backupsBesideWritersAreWholePrefixes(@TempDir Path directory) throws InterruptedException {
        Path source = directory.resolve("store");
        Path target = directory.resolve("backup");
        AtomicBoolean done = new AtomicBoolean();
        EngineOptions small = EngineOptions.DEFAULT.withSegmentBytes(64 << 10, 256 << 10);
        try (EmbeddedEventStore store = EmbeddedEventStore.open(source, small)) {
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int i = 0; !done.get(); i++) {
                    store.append(new CrashLoad(7, i % 3, i).append());
                }
            });
            long head = 0;
            for (int i = 0; i < 15; i++) {
                long before = store.head();
                BackupReport report = StoreBackup.make(source, target, VerifyProgress.NONE);
                assertThat(report.head()).isGreaterThanOrEqualTo(Math.max(before, head));
                head = report.head();
                Verification found = EmbeddedEventStore.verify(target, VerifyProgress.NONE);
                assertThat(found.faults()).isEmpty();
                assertThat(found.events()).isEqualTo(head);
            }
            done.set(true);
            writer.join();
        }
    }
}
