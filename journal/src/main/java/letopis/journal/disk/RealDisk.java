package letopis.journal.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory of the file system. */
public final class RealDisk implements Disk {
    private static final boolean WINDOWS = System.getProperty("os.name", "")
            .toLowerCase(Locale.ROOT)
            .startsWith("windows");

    private final Path directory;

    private RealDisk(Path directory) {
        this.directory = directory;
    }

    /** The directory at a path; it need not be there yet. Nothing is read or written here. */
    public static RealDisk at(Path directory) {
        return new RealDisk(directory);
    }

    @Override
    public String name() {
        return directory.toString();
    }

    @Override
    public boolean exists() throws IOException {
        if (Files.isDirectory(directory)) {
            return true;
        }
        if (Files.exists(directory)) {
            throw new NotADirectoryException(directory.toString());
        }
        return false;
    }

    @Override
    public void create() throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path path = directory.toAbsolutePath();
        while (path != null && !Files.isDirectory(path)) {
            missing.push(path);
            path = path.getParent();
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw translated("create directory " + directory, e);
        }
        for (Path made : missing) {
            Path parent = made.getParent();
            if (parent != null) {
                forceDirectory(parent);
            }
        }
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names = new ArrayList<>();
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
            names.sort(null);
            return names;
        } catch (IOException e) {
            throw translated("list " + directory, e);
        }
    }

    @Override
    public Disk directory(String name) {
        return new RealDisk(resolve(name));
    }

    @Override
    public DiskFile open(String file, Access access) throws IOException {
        try {
            return RealDiskFile.open(resolve(file), access);
        } catch (IOException e) {
            throw translated("open " + resolve(file), e);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        try {
            Files.move(resolve(from), resolve(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw translated("rename " + resolve(from) + " to " + to, e);
        }
    }

    @Override
    public void delete(String file) throws IOException {
        try {
            Files.deleteIfExists(resolve(file));
        } catch (IOException e) {
            throw translated("delete " + resolve(file), e);
        }
    }

    @Override
    public void forceDirectory() throws IOException {
        forceDirectory(directory);
    }

    @Override
    public Optional<DiskLock> tryLock(String file) throws IOException {
        try {
            return FileLocks.tryLock(resolve(file));
        } catch (IOException e) {
            throw translated("lock " + resolve(file), e);
        }
    }

    @Override
    public boolean isLocked(String file) throws IOException {
        try {
            return FileLocks.isLocked(resolve(file));
        } catch (IOException e) {
            throw translated("look at the lock " + resolve(file), e);
        }
    }

    /** Windows cannot force a directory, and its file system keeps the order of names by itself. */
    private static void forceDirectory(Path directory) throws IOException {
        if (WINDOWS) {
            return;
        }
        try {
            RealDiskFile.forceDirectory(directory);
        } catch (IOException e) {
            throw translated("force directory " + directory, e);
        }
    }

    private Path resolve(String file) {
        if (file.isEmpty() || file.indexOf('/') >= 0 || file.indexOf('\\') >= 0 || file.startsWith("..")) {
            throw new IllegalArgumentException("not the name of a file in this directory: " + file);
        }
        return directory.resolve(file);
    }

    /** The JDK tells a full disk and a file system mounted read-only by the system's own words only. */
    static IOException translated(String what, IOException e) {
        if (e instanceof DiskFullException || e instanceof DiskPermissionException
                || e instanceof FileMissingException) {
            return e;
        }
        String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("no space left") || words.contains("quota exceeded")
                || words.contains("not enough space on the disk")) {
            return new DiskFullException("cannot " + what + ": " + e.getMessage(), e);
        }
        if (e instanceof AccessDeniedException || words.contains("permission denied")
                || words.contains("operation not permitted") || words.contains("read-only file system")) {
            return new DiskPermissionException("cannot " + what + ": no permission (" + e.getMessage() + ")", e);
        }
        if (e instanceof NoSuchFileException) {
            return new FileMissingException("cannot " + what + ": it is not there", e);
        }
        return new IOException("cannot " + what + ": " + e, e);
    }
}
