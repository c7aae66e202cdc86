package letopis.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system in memory whose room can be changed while it is used. Only root may mount one. */
public final class SmallDisk implements AutoCloseable {
    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /**
     * Mounts one.
     *
     * @param bytes its room
     * @return nothing if this process may not mount a file system
     */
    public static Optional<SmallDisk> mount(long bytes) {
        Path directory = Programs.temporary("disk");
        try {
            Programs.run(List.of("mount", "-t", "tmpfs", "-o", "mode=700,size=" + bytes, "letopis-test",
                    directory.toString()));
        } catch (IOException _) {
            Programs.delete(directory);
            return Optional.empty();
        }
        return Optional.of(new SmallDisk(directory));
    }

    /** Where it is mounted. */
    public Path directory() {
        return directory;
    }

    /** How many bytes are used. */
    public long used() {
        try {
            var store = Files.getFileStore(directory);
            return store.getTotalSpace() - store.getUnallocatedSpace();
        } catch (IOException e) {
            throw new IllegalStateException(directory + " does not say how full it is", e);
        }
    }

    /** Changes its room, to no less than is used. */
    public void resize(long bytes) {
        try {
            Programs.run(List.of("mount", "-o", "remount,size=" + bytes, directory.toString()));
        } catch (IOException e) {
            throw new IllegalStateException(directory + " could not be resized", e);
        }
    }

    /** Unmounts it; all that was on it is gone. */
    @Override
    public void close() {
        try {
            Programs.run(List.of("umount", "--lazy", directory.toString()));
            Files.delete(directory);
        } catch (IOException e) {
            throw new IllegalStateException(directory + " could not be unmounted", e);
        }
    }
}
