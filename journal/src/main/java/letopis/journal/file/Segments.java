package letopis.journal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import letopis.journal.JournalStats;
import letopis.journal.disk.Disk;
import letopis.store.StoreClosedException;
import org.jspecify.annotations.Nullable;

/**
 * The segments that are open for reading: a limited number of files, shared by all readers. Safe for any number of threads.
 *
 * <p>Files are opened and closed outside of the lock, which readers hold for a look into a table only; and who writes asks for
 * sizes, which takes no lock at all.
 */
final class Segments implements AutoCloseable {
    /**
     * How many files stay open although nobody reads them just now: those of 256 GiB. To open one takes as long as some ten reads,
     * and the events of a stream may lie in as many files as there are.
     */
    static final int MAX_IDLE = 1_024;

    private final Disk disk;
    private final Superblock superblock;
    private final PlantedBug bug;
    private final boolean checked;
    /** The sizes of all segments that are known. */
    private final Map<Integer, Long> sizes = new ConcurrentHashMap<>();
    /** The sizes of the files of those that are packed. */
    private final Map<Integer, Long> packedSizes = new ConcurrentHashMap<>();
    private final ChunkCache cache = new ChunkCache();
    /** Guards what follows, and who reads which. */
    private final Object monitor = new Object();
    private final Map<Integer, Segment> open = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    Segments(Disk disk, Superblock superblock, PlantedBug bug) {
        this(disk, superblock, bug, true);
    }

    private Segments(Disk disk, Superblock superblock, PlantedBug bug, boolean checked) {
        this.disk = disk;
        this.superblock = superblock;
        this.bug = bug;
        this.checked = checked;
    }

    /** Segments that are opened whatever is wrong with them, for looking at damage. */
    static Segments unchecked(Disk disk, Superblock superblock) {
        return new Segments(disk, superblock, PlantedBug.NONE, false);
    }

    Superblock superblock() {
        return superblock;
    }

    /** For what is read from these segments; for one thread. */
    PlaceChecksum checksum() {
        return new PlaceChecksum(superblock.storeId(), bug);
    }

    /** A block scanner over these segments. */
    BlockScanner scanner() {
        return new BlockScanner(disk.name(), this, bug);
    }

    /** How segments are opened here. */
    Segment.Opening opening() {
        return new Segment.Opening(disk, superblock, cache, checked, bug);
    }

    /** A segment was made, of a size in bytes. */
    void made(int number, long bytes) {
        sizes.put(number, bytes);
    }

    /** The size of a segment; 0 if it is not there, as far as is known. */
    long bytes(int number) {
        return sizes.getOrDefault(number, 0L);
    }

    /** How large a journal is with so many blocks of so many bytes. */
    JournalStats stats(long blocks, long usedBytes, boolean forcedLate) {
        long allocated = 0;
        for (Map.Entry<Integer, Long> entry : sizes.entrySet()) {
            allocated += packedSizes.getOrDefault(entry.getKey(), entry.getValue());
        }
        return new JournalStats(sizes.size(), blocks, usedBytes, allocated, forcedLate);
    }

    /** A segment for reading; to be given back. */
    Segment acquire(int number) throws IOException {
        @Nullable
        Segment known = acquireOpen(number);
        if (known != null) {
            return known;
        }
        Segment opened = opening().open(number);
        boolean kept = false;
        try {
            Segment acquired = put(opened);
            kept = acquired == opened;
            return acquired;
        } finally {
            if (!kept) {
                opened.close();
            }
        }
    }

    private @Nullable Segment acquireOpen(int number) {
        synchronized (monitor) {
            ensureOpen();
            @Nullable
            Segment known = open.get(number);
            if (known != null) {
                known.readers++;
            }
            return known;
        }
    }

    /** Shares a segment that was just opened; or takes the one that somebody else opened meanwhile. */
    private Segment put(Segment opened) {
        synchronized (monitor) {
            ensureOpen();
            Segment shared = open.computeIfAbsent(opened.number(), _ -> opened);
            if (shared == opened) {
                sizes.put(opened.number(), opened.bytes());
                if (opened.isPacked()) {
                    packedSizes.put(opened.number(), opened.fileBytes());
                }
            }
            shared.readers++;
            return shared;
        }
    }

    /** A segment was replaced by its packed form: from now on that is read. Who reads the old file goes on reading it. */
    void replaced(int number, long fileBytes) throws IOException {
        @Nullable
        Segment old;
        synchronized (monitor) {
            packedSizes.put(number, fileBytes);
            old = open.remove(number);
            if (old != null) {
                old.replaced = true;
                old = old.readers == 0 ? old : null;
            }
        }
        if (old != null) {
            old.close();
        }
    }

    private void ensureOpen() {
        if (closed) {
            throw new StoreClosedException("the journal");
        }
    }

    /** Reads bytes of a segment that was acquired; fewer at the end of its file. */
    int read(Segment segment, long offset, byte[] target, int length) throws IOException {
        try {
            return segment.read(offset, target, length);
        } catch (IOException e) {
            throw closedOr(e);
        }
    }

    /** The same by way of a map; false if they are to be read as all others. */
    boolean readMapped(Segment segment, long offset, byte[] target, int length) throws IOException {
        try {
            return segment.readMapped(offset, target, length);
        } catch (IOException e) {
            throw closedOr(e);
        }
    }

    private IOException closedOr(IOException failure) {
        synchronized (monitor) {
            ensureOpen();
        }
        return failure;
    }

    /** Gives a segment back. */
    void release(Segment segment) throws IOException {
        List<Segment> idle;
        synchronized (monitor) {
            segment.readers--;
            if (segment.replaced) {
                idle = segment.readers == 0 ? List.of(segment) : List.of();
            } else {
                int tooMany = open.size() - MAX_IDLE;
                idle = tooMany <= 0 ? List.of() : remove(each -> each.readers == 0, tooMany);
            }
        }
        close(idle);
    }

    /** Opens a segment and those after it anew, if nobody reads them: their files may have been replaced while they were empty. */
    void forgetFrom(int number) throws IOException {
        List<Segment> later;
        synchronized (monitor) {
            later = remove(each -> each.number() >= number && each.readers == 0, Integer.MAX_VALUE);
        }
        close(later);
    }

    @Override
    public void close() throws IOException {
        List<Segment> all;
        synchronized (monitor) {
            closed = true;
            all = remove(_ -> true, Integer.MAX_VALUE);
        }
        close(all);
    }

    /** Takes some out of the table, those first that were not used for the longest time. */
    private List<Segment> remove(Predicate<Segment> which, int most) {
        List<Segment> removed = new ArrayList<>();
        open.values().removeIf(segment -> {
            boolean remove = removed.size() < most && which.test(segment);
            if (remove) {
                removed.add(segment);
            }
            return remove;
        });
        return removed;
    }

    private static void close(List<Segment> segments) throws IOException {
        @Nullable
        IOException failure = null;
        for (Segment segment : segments) {
            try {
                segment.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
