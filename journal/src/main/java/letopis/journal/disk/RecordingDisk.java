package letopis.journal.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what is durable and what is not, and can build every directory that a power cut could leave
 * ({@link #powerCut}). For tests; for one thread at a time.
 *
 * <p>It is stricter than file systems are: of what was written since the last force of a file, any 512 bytes may be there,
 * be as they were, be zero, be garbage, or be those of another place; a file's size may be any in between; of the names made,
 * changed and deleted since the last force of the directory, any may be there.
 */
public final class RecordingDisk implements Disk {
    private final Map<String, Image> names;
    private final Map<String, Image> durableNames;
    private final List<NameChange> pendingNames = new ArrayList<>();
    private final Set<String> locks = new HashSet<>();

    private long operations;
    private String lastKind = "";
    private String lastFile = "";
    private long lastOffset;
    private long lastBytes;
    private long forcesUntilFailure = Long.MAX_VALUE;
    private Runnable observer = () -> {};

    /** An empty disk. */
    public RecordingDisk() {
        names = new TreeMap<>();
        durableNames = new TreeMap<>();
    }

    RecordingDisk(Map<String, Image> durable) {
        names = new TreeMap<>(durable);
        durableNames = new TreeMap<>(durable);
    }

    /** Runs something after each operation that changes the disk or makes a change durable. */
    public void afterEachOperation(Runnable newObserver) {
        observer = newObserver;
    }

    /** How many operations changed the disk or made a change durable. */
    public long operations() {
        return operations;
    }

    /** The last such operation, in words. */
    public String lastOperation() {
        return operations + ": " + lastKind + " " + lastFile + (lastKind.equals("write")
                ? " " + lastBytes + " bytes at " + lastOffset
                : "");
    }

    /** Lets the n-th force of a file from now on fail: what it should make durable is lost, and later forces succeed. */
    public void failForce(long nth) {
        forcesUntilFailure = nth;
    }

    /** The process ends: its locks are given back, and what it wrote is seen by the next one. */
    public void endProcess() {
        locks.clear();
        forcesUntilFailure = Long.MAX_VALUE;
        observer = () -> {};
    }

    /** All that a power cut could leave at this moment. */
    public PowerCut powerCut() {
        return new PowerCut(durableNames, pendingNames);
    }

    /** A number that two disks with different names or contents do not share, as good as certainly. */
    public long contentHash() {
        long hash = 1;
        for (Map.Entry<String, Image> entry : names.entrySet()) {
            hash = entry.getValue().hash(Sector.mix(hash, entry.getKey().hashCode()));
        }
        return hash;
    }

    @Override
    public String name() {
        return "disk in memory";
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public void create() {
        // It is there.
    }

    @Override
    public List<String> list() {
        return namesIn("");
    }

    /** The names in a directory, and of directories in it. */
    List<String> namesIn(String prefix) {
        return names.keySet()
                .stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .map(name -> name.contains("/") ? name.substring(0, name.indexOf('/')) : name)
                .distinct()
                .toList();
    }

    @Override
    public Disk directory(String name) {
        return new RecordingDirectory(this, name);
    }

    @Override
    public DiskFile open(String file, Access access) throws IOException {
        @Nullable
        Image image = names.get(file);
        if (access == Access.CREATE) {
            if (image != null) {
                throw new IOException(file + " is there already");
            }
            image = new Image();
            change(new NameChange.Created(file, image));
        }
        if (image == null) {
            throw new FileMissingException(file + " is not there");
        }
        return new ImageFile(file, image, access != Access.READ);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        @Nullable
        Image image = names.get(from);
        if (image == null) {
            throw new FileMissingException(from + " is not there");
        }
        change(new NameChange.Renamed(from, to, image));
    }

    @Override
    public void delete(String file) {
        if (names.containsKey(file)) {
            change(new NameChange.Deleted(file));
        }
    }

    private void change(NameChange change) {
        change.apply(names);
        pendingNames.add(change);
        did(change.getClass().getSimpleName(), change.toString(), 0, 0);
    }

    @Override
    public void forceDirectory() {
        forceNames("");
    }

    /** Makes the names in a directory durable, and no others. */
    void forceNames(String prefix) {
        durableNames.keySet().removeIf(name -> isIn(prefix, name));
        names.forEach((name, image) -> {
            if (isIn(prefix, name)) {
                durableNames.put(name, image);
            }
        });
        pendingNames.removeIf(change -> isIn(prefix, change.name()));
        did("force", "directory " + prefix, 0, 0);
    }

    private static boolean isIn(String prefix, String name) {
        return name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0;
    }

    @Override
    public Optional<DiskLock> tryLock(String file) throws IOException {
        if (!locks.add(file)) {
            return Optional.empty();
        }
        if (!names.containsKey(file)) {
            open(file, Access.CREATE).close();
        }
        return Optional.of(() -> locks.remove(file));
    }

    @Override
    public boolean isLocked(String file) {
        return locks.contains(file);
    }

    private void did(String kind, String file, long offset, long bytes) {
        operations++;
        lastKind = kind;
        lastFile = file;
        lastOffset = offset;
        lastBytes = bytes;
        observer.run();
    }

    /** An open file. */
    private final class ImageFile implements DiskFile {
        private final String name;
        private final Image image;
        private final boolean writable;
        private boolean closed;

        private ImageFile(String name, Image image, boolean writable) {
            this.name = name;
            this.image = image;
            this.writable = writable;
        }

        @Override
        public long size() throws IOException {
            ensure(true);
            return image.size();
        }

        @Override
        public int read(long offset, byte[] target, int from, int length) throws IOException {
            ensure(true);
            return image.read(offset, target, from, length);
        }

        @Override
        public void write(long offset, byte[] source, int from, int length) throws IOException {
            ensure(writable);
            image.write(offset, source, from, length);
            did("write", name, offset, length);
        }

        @Override
        public void truncate(long size) throws IOException {
            ensure(writable);
            image.truncate(size);
            did("truncate", name, 0, 0);
        }

        @Override
        public void force() throws IOException {
            ensure(true);
            if (--forcesUntilFailure == 0) {
                image.failForce();
                did("failed force", name, 0, 0);
                throw new IOException("cannot force " + name + ": Input/output error");
            }
            image.force();
            did("force", name, 0, 0);
        }

        @Override
        public void close() {
            closed = true;
        }

        private void ensure(boolean allowed) throws IOException {
            if (closed || !allowed) {
                throw new IOException(name + (closed ? " is closed" : " is open for reading only"));
            }
        }
    }
}
