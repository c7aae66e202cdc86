package letopis.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import letopis.store.Append;
import letopis.store.Event;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Directories that cannot be opened: the refusal says why and what to do, and nothing was changed. */
class UnusableDirectoryTest {
    private static final EngineOptions EXISTING = EngineOptions.DEFAULT.withCreateIfMissing(false);

    @TempDir
    Path directory;

    @Test
    void directoryOfSomethingElseIsLeftAlone() throws IOException {
        Files.writeString(directory.resolve("holiday.jpg"), "sea");

        refuses(Reason.NOT_A_STORE, "a directory that is empty or does not exist yet",
                () -> EmbeddedEventStore.open(directory));
        refuses(Reason.NOT_A_STORE, "holiday.jpg", () -> EmbeddedEventStore.openReadOnly(directory));
        assertThat(names()).containsExactly("holiday.jpg");
    }

    @Test
    void fileIsNoDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");

        assertThatThrownBy(() -> EmbeddedEventStore.open(file)).isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("not a directory");
        assertThat(file).hasContent("text");
    }

    @Test
    void missingStoreIsNotMadeWhereThatWasNotAllowed() {
        Path missing = directory.resolve("missing");

        refuses(Reason.NOT_FOUND, "check the path", () -> EmbeddedEventStore.open(missing, EXISTING));
        refuses(Reason.NOT_FOUND, "check the path", () -> EmbeddedEventStore.openReadOnly(missing));
        refuses(Reason.NOT_FOUND, "check the path", () -> EmbeddedEventStore.open(directory, EXISTING));
        assertThat(missing).doesNotExist();
        assertThat(names()).isEmpty();
        assertThatThrownBy(() -> EmbeddedEventStore.verify(missing, VerifyProgress.NONE))
                .isInstanceOfSatisfying(StoreUnusableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @Test
    void missingDirectoriesAreMade() {
        Path deep = directory.resolve("a/b/c");

        try (EmbeddedEventStore store = EmbeddedEventStore.open(deep)) {
            assertThat(append(store)).isEqualTo(1);
        }
        try (EmbeddedEventStore store = EmbeddedEventStore.open(deep, EXISTING)) {
            assertThat(store.head()).isEqualTo(1);
        }
    }

    @Test
    void secondWriterOfThisProcessIsRefused() {
        try (EmbeddedEventStore first = EmbeddedEventStore.open(directory)) {
            refuses(Reason.IN_USE, "close it, or open read-only", () -> EmbeddedEventStore.open(directory));

            assertThat(append(first)).isEqualTo(1);
        }
        EmbeddedEventStore.open(directory).close();
    }

    @Test
    void secondWriterBesideAnotherProcessIsRefused() throws Exception {
        try (OtherWriter other = OtherWriter.at(directory, 1, 1)) {
            refuses(Reason.IN_USE, "close it, or open read-only", () -> EmbeddedEventStore.open(directory));

            assertThat(other.isAlive()).isTrue();
            EmbeddedEventStore.openReadOnly(directory).close();
        }
        EmbeddedEventStore.open(directory).close();
    }

    @Test
    void storeOfANewerLetopisIsRefused() throws IOException {
        EmbeddedEventStore.open(directory).close();
        Path file = directory.resolve("letopis.store");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(8, 99);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, bytes.capacity() - 4);
        bytes.putInt(bytes.capacity() - 4, (int) crc.getValue());
        Files.write(file, bytes.array());

        refuses(Reason.NEWER_FORMAT, "version 99", () -> EmbeddedEventStore.open(directory));
        refuses(Reason.NEWER_FORMAT, "or a newer one", () -> EmbeddedEventStore.openReadOnly(directory));
    }

    @Test
    void directoryThatMayOnlyBeReadCanBeRead() throws Exception {
        Optional<MountedDisk> mounted = MountedDisk.at(directory, "4m", "a directory that may only be read");
        if (mounted.isEmpty()) {
            return;
        }
        try (MountedDisk disk = mounted.get()) {
            Path path = directory.resolve("store");
            try (EmbeddedEventStore store = EmbeddedEventStore.open(path)) {
                append(store);
            }
            disk.makeReadOnly();

            refuses(Reason.NO_PERMISSION, "open read-only", () -> EmbeddedEventStore.open(path));
            refuses(Reason.NO_PERMISSION, "", () -> EmbeddedEventStore.open(directory.resolve("new")));
            try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(path)) {
                assertThat(store.head()).isEqualTo(1);
            }
        }
    }

    @Test
    void storeWithoutRoomIsNotMadeAndCanBeLater() throws Exception {
        Optional<MountedDisk> mounted = MountedDisk.at(directory, "64k", "a disk that is full when a store is created");
        if (mounted.isEmpty()) {
            return;
        }
        try (MountedDisk _ = mounted.get()) {
            refuses(Reason.NO_ROOM, "make room", () -> EmbeddedEventStore.open(directory.resolve("store")));
        }
    }

    private void refuses(Reason reason, String remedy, Supplier<EmbeddedEventStore> opening) {
        assertThatThrownBy(() -> opening.get().close()).isInstanceOfSatisfying(StoreUnusableException.class, e -> {
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
            assertThat(e).hasMessageContaining(directory.toString()).hasMessageContaining(remedy);
        });
    }

    private static long append(EmbeddedEventStore store) {
        return store.append(Append.to("order-17").of(Event.of("OrderCreated", "{}"))).position();
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(it -> it.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
