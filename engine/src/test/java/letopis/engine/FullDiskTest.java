package letopis.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import letopis.store.StoreFullException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A real file system with no room left. */
@Timeout(60)
class FullDiskTest {
    private static final EngineOptions SMALL = EngineOptions.DEFAULT.withSegmentBytes(64 << 10, 256 << 10);

    @Test
    void appendsAreRefusedReadsGoOnAndAppendsSucceedOnceThereIsRoom(@TempDir Path directory) throws Exception {
        Optional<MountedDisk> mounted = MountedDisk.at(directory, "2m", "what a full disk does");
        if (mounted.isEmpty()) {
            return;
        }
        try (MountedDisk _ = mounted.get()) {
            Path filler = Files.write(directory.resolve("filler"), new byte[1 << 20]);
            Path path = directory.resolve("store");
            StoreContent content;
            try (EmbeddedEventStore store = EmbeddedEventStore.open(path, SMALL)) {
                int number = appendUntilFull(store);
                content = StoreContent.of(store);
                assertThat(content.events()).hasSize((int) store.head()).hasSizeGreaterThan(10);

                Files.delete(filler);
                store.append(new CrashLoad(5, 0, number).append());
                assertThat(StoreContent.of(store).events().subList(0, content.events().size()))
                        .isEqualTo(content.events());
                appendUntilFull(store);
                content = StoreContent.of(store);
            }
            try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(path)) {
                assertThat(StoreContent.of(store)).isEqualTo(content);
            }
            try (EmbeddedEventStore store = EmbeddedEventStore.open(path, SMALL)) {
                assertThat(StoreContent.of(store)).isEqualTo(content);
            }
        }
    }

    /** @return the number of the append that was refused */
    private static int appendUntilFull(EmbeddedEventStore store) {
        int number = 1000 * (int) store.head();
        while (true) {
            try {
                store.append(new CrashLoad(5, 0, number).append());
                number++;
            } catch (StoreFullException e) {
                assertThat(e).hasMessageContaining("reads go on");
                return number;
            }
        }
    }
}
