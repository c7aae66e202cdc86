package letopis.journal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import letopis.journal.JournalStats;
import letopis.journal.disk.Disk;
import letopis.store.StoreClosedException;
import org.jspecify.annotations.Nullable;

/** The segments that are open for reading: a limited number of files, shared by all readers. Safe for any number of threads. */
final class Segments implements AutoCloseable {
    /** How many files stay open although nobody reads them just now. */
    static final int MAX_IDLE = 64;

    private final Disk disk;
    private final Superblock superblock;
    private final PlantedBug bug;
    private final boolean checked;
    private final Map<Integer, Use> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Integer, Long> sizes = new TreeMap<>();
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

    /** A segment was made, of a size in bytes. */
    void made(int number, long bytes) {
        synchronized (open) {
            sizes.put(number, bytes);
        }
    }

    /** The size of a segment; 0 if it is not there, as far as is known. */
    long bytes(int number) {
        synchronized (open) {
            return sizes.getOrDefault(number, 0L);
        }
    }

    /** How large a journal is with so many blocks of so many bytes. */
    JournalStats stats(long blocks, long usedBytes) {
        synchronized (open) {
            long allocated = sizes.values().stream().mapToLong(Long::longValue).sum();
            return new JournalStats(sizes.size(), blocks, usedBytes, allocated);
        }
    }

    /** A segment for reading; to be given back. */
    Segment acquire(int number) throws IOException {
        synchronized (open) {
            if (closed) {
                throw new StoreClosedException("the journal");
            }
            @Nullable
            Use use = open.get(number);
            if (use == null) {
                use = new Use(checked
                        ? Segment.open(disk, superblock, number)
                        : Segment.openUnchecked(disk, superblock, number));
                open.put(number, use);
                sizes.put(number, use.segment.bytes());
            }
            use.readers++;
            return use.segment;
        }
    }

    /** Reads bytes of a segment that was acquired; fewer at the end of its file. */
    int read(Segment segment, long offset, byte[] target, int length) throws IOException {
        try {
            return segment.file().read(offset, target, 0, length);
        } catch (IOException e) {
            synchronized (open) {
                if (closed) {
                    throw new StoreClosedException("the journal");
                }
            }
            throw e;
        }
    }

    /** Gives a segment back. */
    void release(Segment segment) throws IOException {
        synchronized (open) {
            @Nullable
            Use use = open.get(segment.number());
            if (use == null || use.segment != segment) {
                // The journal was closed while the segment was read.
                segment.file().close();
                return;
            }
            use.readers--;
            closeIdle();
        }
    }

    /** Opens a segment and those after it anew, if nobody reads them: their files may have been replaced while they were empty. */
    void forgetFrom(int number) throws IOException {
        synchronized (open) {
            List<Integer> later = new ArrayList<>(open.keySet());
            later.removeIf(segment -> segment < number || inUse(segment));
            for (int segment : later) {
                closeAndRemove(segment);
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (open) {
            closed = true;
            for (int segment : new ArrayList<>(open.keySet())) {
                closeAndRemove(segment);
            }
        }
    }

    private boolean inUse(int segment) {
        @Nullable
        Use use = open.get(segment);
        return use != null && use.readers > 0;
    }

    private void closeIdle() throws IOException {
        if (open.size() <= MAX_IDLE) {
            return;
        }
        for (Map.Entry<Integer, Use> entry : new ArrayList<>(open.entrySet())) {
            if (open.size() <= MAX_IDLE) {
                return;
            }
            if (entry.getValue().readers == 0) {
                closeAndRemove(entry.getKey());
            }
        }
    }

    private void closeAndRemove(int segment) throws IOException {
        @Nullable
        Use use = open.remove(segment);
        if (use != null) {
            use.segment.file().close();
        }
    }

    /** An open segment and how many read it. */
    private static final class Use {
        private final Segment segment;
        private int readers;

        private Use(Segment segment) {
            this.segment = segment;
        }
    }
}
