package letopis.journal.disk;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A disk that fails on demand. For tests; safe for any number of threads. */
public final class FailingDisk implements Disk {
    private final Disk disk;
    private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
    private Plan plan = Plan.NONE;
    private long failures;

    /** What can fail. */
    public enum Operation {
        LIST, LOCK, OPEN, CREATE, SIZE, READ, WRITE, TRUNCATE, FORCE, RENAME, DELETE, FORCE_DIRECTORY
    }

    /** How it fails. */
    public enum Failure {
        /** With an error of the device; nothing was done. */
        IO_ERROR,
        /** For want of room; nothing was done. */
        NO_ROOM,
        /** For want of room, when half of the bytes were written. */
        SHORT_WRITE
    }

    private record Plan(Operation operation, long first, boolean sticky, Failure failure) {
        static final Plan NONE = new Plan(Operation.LIST, Long.MAX_VALUE, false, Failure.IO_ERROR);

        boolean meets(Operation other, long count) {
            return operation == other && (sticky ? count >= first : count == first);
        }
    }

    /** A disk that does what another does, until it is told to fail. */
    public FailingDisk(Disk disk) {
        this.disk = disk;
    }

    /**
     * Lets operations of a kind fail.
     *
     * @param first  which one is the first to fail, counted from the beginning; 1 or more
     * @param sticky whether all later ones fail, too
     */
    public synchronized void fail(Operation operation, long first, boolean sticky, Failure failure) {
        plan = new Plan(operation, first, sticky, failure);
    }

    /** Lets nothing fail any more. */
    public synchronized void heal() {
        plan = Plan.NONE;
    }

    /** How many operations of a kind there were. */
    public synchronized long count(Operation operation) {
        return counts.getOrDefault(operation, 0L);
    }

    /** How many operations failed. */
    public synchronized long failures() {
        return failures;
    }

    private synchronized Optional<Failure> next(Operation operation) {
        long count = counts.merge(operation, 1L, Long::sum);
        if (!plan.meets(operation, count)) {
            return Optional.empty();
        }
        failures++;
        return Optional.of(plan.failure());
    }

    private void before(Operation operation, String file) throws IOException {
        Optional<Failure> failure = next(operation);
        if (failure.isPresent()) {
            throw exception(failure.get(), operation, file);
        }
    }

    private static IOException exception(Failure failure, Operation operation, String file) {
        String what = operation + " of " + file + " fails on demand";
        return failure == Failure.IO_ERROR ? new IOException(what) : new DiskFullException(what);
    }

    @Override
    public String name() {
        return disk.name();
    }

    @Override
    public boolean exists() throws IOException {
        return disk.exists();
    }

    @Override
    public void create() throws IOException {
        disk.create();
    }

    @Override
    public List<String> list() throws IOException {
        before(Operation.LIST, "the directory");
        return disk.list();
    }

    /** Does not fail: what is in it is none of this disk's business. Wrap it, where it should. */
    @Override
    public Disk directory(String name) {
        return disk.directory(name);
    }

    @Override
    public DiskFile open(String file, Access access) throws IOException {
        before(access == Access.CREATE ? Operation.CREATE : Operation.OPEN, file);
        return new FailingFile(file, disk.open(file, access));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        before(Operation.RENAME, from);
        disk.rename(from, to);
    }

    @Override
    public void delete(String file) throws IOException {
        before(Operation.DELETE, file);
        disk.delete(file);
    }

    @Override
    public void forceDirectory() throws IOException {
        before(Operation.FORCE_DIRECTORY, "the directory");
        disk.forceDirectory();
    }

    @Override
    public Optional<DiskLock> tryLock(String file) throws IOException {
        before(Operation.LOCK, file);
        return disk.tryLock(file);
    }

    @Override
    public boolean isLocked(String file) throws IOException {
        before(Operation.LOCK, file);
        return disk.isLocked(file);
    }

    /** An open file that fails on demand. */
    private final class FailingFile implements DiskFile {
        private final String name;
        private final DiskFile file;

        private FailingFile(String name, DiskFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            before(Operation.SIZE, name);
            return file.size();
        }

        @Override
        public int read(long offset, byte[] target, int from, int length) throws IOException {
            before(Operation.READ, name);
            return file.read(offset, target, from, length);
        }

        @Override
        public void write(long offset, byte[] source, int from, int length) throws IOException {
            Optional<Failure> failure = next(Operation.WRITE);
            if (failure.isPresent()) {
                if (failure.get() == Failure.SHORT_WRITE) {
                    file.write(offset, source, from, length / 2);
                }
                throw exception(failure.get(), Operation.WRITE, name);
            }
            file.write(offset, source, from, length);
        }

        @Override
        public void truncate(long size) throws IOException {
            before(Operation.TRUNCATE, name);
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            before(Operation.FORCE, name);
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
