package letopis.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import letopis.engine.MaintenanceProcess.Work;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A process that scavenges, packs or backs up a store is killed with SIGKILL at random moments, or the disk is full meanwhile: the
 * store answers as before, and the same work done again ends it. How often each: {@code -Dletopis.maintenance.rounds} (3), from
 * {@code -Dletopis.maintenance.seed}.
 */
@Timeout(7200)
class MaintenanceKilledCrashTest {
    private static final int ROUNDS = Integer.getInteger("letopis.maintenance.rounds", 3);
    private static final long SEED = Long.getLong("letopis.maintenance.seed", new Random().nextLong());
    private static final String SECRET = "to be forgotten";
    private static final int MAX_MILLIS = 250;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private StoreContent written = new StoreContent(0, List.of(), List.of());

    /** A store in several segments, of which much is forgotten; with an older backup of it, if that is wanted. */
    private void write(Path store, Optional<Path> olderBackup) {
        try (EmbeddedEventStore opened = EmbeddedEventStore.open(store, MaintenanceProcess.OPTIONS)) {
            for (int i = 0; i < 240; i++) {
                opened.append(Append.to("kept-" + i % 5).of(Event.of("Kept", "k".repeat(1_000) + i)));
                opened.append(Append.to("gone-" + i % 5).of(Event.of("Gone", SECRET + "g".repeat(500) + i)));
                if (i == 120) {
                    olderBackup.ifPresent(it -> StoreBackup.make(store, it, VerifyProgress.NONE));
                }
            }
            for (int i = 0; i < 5; i++) {
                opened.forget(Forget.delete("gone-" + i));
            }
            written = StoreContent.of(opened);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "DELETE_BEFORE_THE_NEW_ONE_IS_NAMED", mode = EnumSource.Mode.EXCLUDE)
    void whoeverIsKilledAtWorkLeavesTheStoreAsItWas(Work work) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Path store = directory.resolve(work + "-" + round);
            Path backup = directory.resolve(work + "-backup-" + round);
            write(store, work == Work.BACKUP ? Optional.of(backup) : Optional.empty());
            kill(work, store, backup);
            check(work, store, backup, work + ", round " + round + ", seed " + SEED);
        }
    }

    @Test
    void segmentThatIsDeletedTooEarlyIsCaught() throws Exception {
        Path store = directory.resolve("store");
        write(store, Optional.empty());
        kill(Work.DELETE_BEFORE_THE_NEW_ONE_IS_NAMED, store, directory);
        assertThatThrownBy(() -> check(Work.PACK, store, directory, "planted")).isInstanceOfAny(StoreException.class,
                AssertionError.class);
    }

    private void kill(Work work, Path store, Path backup) throws IOException, InterruptedException {
        Process process = MaintenanceProcess.start(work, store, backup);
        assertThat(process.getInputStream().read()).as("it began").isPositive();
        process.waitFor(random.nextInt(MAX_MILLIS * 1_000), TimeUnit.MICROSECONDS);
        process.destroyForcibly().waitFor();
    }

    private void check(Work work, Path store, Path backup, String what) throws IOException {
        requireSound(store, what);
        if (work == Work.BACKUP) {
            try (EmbeddedEventStore opened = EmbeddedEventStore.openReadOnly(backup)) {
                assertThat(opened.head()).as(what).isGreaterThanOrEqualTo(240);
            }
            StoreBackup.make(store, backup, VerifyProgress.NONE);
            requireSound(backup, what);
            return;
        }
        try (EmbeddedEventStore opened = EmbeddedEventStore.open(store, MaintenanceProcess.OPTIONS)) {
            assertThat(StoreContent.of(opened)).as(what).isEqualTo(written);
            opened.scavenge(ScavengeProgress.NONE);
            assertThat(StoreContent.of(opened)).as(what).isEqualTo(written);
        }
        requireSound(store, what);
        requireForgotten(store, what);
    }

    private void requireSound(Path store, String what) {
        assertThat(EmbeddedEventStore.verify(store, VerifyProgress.NONE).faults()).as(what).isEmpty();
        try (EmbeddedEventStore opened = EmbeddedEventStore.openReadOnly(store)) {
            assertThat(StoreContent.of(opened)).as(what).isEqualTo(written);
        }
    }

    private static void requireForgotten(Path store, String what) throws IOException {
        byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int at = 0; at + secret.length <= bytes.length; at++) {
                    assertThat(bytes[at] == secret[0] && Arrays.equals(bytes, at, at + secret.length, secret, 0,
                            secret.length)).as(what + ": what was forgotten is in " + file).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "DELETE_BEFORE_THE_NEW_ONE_IS_NAMED", mode = EnumSource.Mode.EXCLUDE)
    void fullDiskLeavesTheStoreAsItWas(Work work) throws Exception {
        Path mountPoint = Files.createDirectory(directory.resolve("full"));
        Optional<MountedDisk> mounted = MountedDisk.at(mountPoint, "4m", "what a full disk does to " + work);
        if (mounted.isEmpty()) {
            return;
        }
        try (MountedDisk _ = mounted.get()) {
            Path store = work == Work.BACKUP ? directory.resolve("store") : mountPoint.resolve("store");
            Path backup = mountPoint.resolve("backup");
            write(store, work == Work.BACKUP ? Optional.of(backup) : Optional.empty());
            Path filler = mountPoint.resolve("filler");
            fill(filler);
            assertThatThrownBy(() -> work(work, store, backup)).as("with no room").isInstanceOf(StoreException.class);
            requireSound(store, "full disk, " + work);
            Files.delete(filler);
            check(work, store, backup, "full disk, " + work);
        }
    }

    private static void work(Work work, Path store, Path backup) {
        if (work == Work.BACKUP) {
            StoreBackup.make(store, backup, VerifyProgress.NONE);
            return;
        }
        EngineOptions options = work == Work.PACK
                ? MaintenanceProcess.OPTIONS.withCompression(Compression.DEFLATE)
                : MaintenanceProcess.OPTIONS;
        try (EmbeddedEventStore opened = EmbeddedEventStore.open(store, options)) {
            opened.scavenge(ScavengeProgress.NONE);
        }
    }

    private static void fill(Path filler) throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            byte[] bytes = new byte[4096];
            while (true) {
                out.write(bytes);
            }
        } catch (IOException e) {
            assertThat(Files.size(filler)).isPositive(); // there is no room left
        }
    }
}
