package letopis.engine.index.run;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.UUID;

import letopis.store.StoreDamagedException;
import org.jspecify.annotations.Nullable;

/**
 * A part of the index that is written and never changes: a file that is mapped, or an array on the heap.
 *
 * <pre>
 *    | places | times | hashes of ids | terms with their positions, places of terms | directory | checksums | footer
 *      Column   Column  4 each          TermWriter                      Column        Directory   4 a page    Footer
 * </pre>
 *
 * All numbers are little-endian, {@code v} is a number of seven bits a byte. The pages, 4 KiB each, are all up to the table
 * of their checksums; each is checked when it is touched first. Safe for any number of threads; an {@link Entry} of it is for
 * one.
 */
public final class Run implements Part, AutoCloseable {
    private final String name;
    private final @Nullable RunMemory memory;
    private final Footer footer;
    private final int checksum;
    private final long bytes;
    private final Pages pages;
    private final long[] terms;
    private final Column places;
    private final Column times;
    private final Column ordinals;
    private final Directory directory;

    private Run(String name, MemorySegment bytes, byte[] footerBytes, @Nullable RunMemory memory) {
        this.name = name;
        this.memory = memory;
        this.bytes = bytes.byteSize();
        footer = Footer.decode(footerBytes);
        checksum = Footer.checksum(footerBytes);
        pages = new Pages(name, bytes, footer.tableAt());
        terms = footer.terms().stream().mapToLong(Long::longValue).toArray();
        places = new Column(pages, footer.placesAt());
        times = new Column(pages, footer.timesAt());
        ordinals = new Column(pages, footer.ordinalsAt());
        directory = new Directory(pages, footer.directoryAt(), footer.partitionBits());
    }

    /** Opens a run that is on the heap. */
    public static Run open(String name, byte[] bytes) {
        return open(name, MemorySegment.ofArray(bytes), null);
    }

    /**
     * Opens a run; looks at little more than its end.
     *
     * @param name   the name of its file, for messages
     * @param memory what it is mapped into
     * @throws StoreDamagedException if it is none, or not whole
     */
    public static Run open(String name, MemorySegment bytes, @Nullable RunMemory memory) {
        long at = bytes.byteSize() - Footer.BYTES;
        if (at < 0) {
            throw new StoreDamagedException(name, bytes.byteSize(), "the file ends in the middle of a run");
        }
        byte[] footerBytes = bytes.asSlice(at).toArray(ValueLayout.JAVA_BYTE);
        if (!Footer.isIntact(footerBytes)) {
            throw new StoreDamagedException(name, at, "the footer of the run is not intact");
        }
        Footer footer = Footer.decode(footerBytes);
        int tableBytes = (int) (at - footer.tableAt());
        if (footer.tableAt() < 0 || footer.tableAt() > at
                || tableBytes != Pages.count(footer.tableAt()) * Integer.BYTES) {
            throw new StoreDamagedException(name, at, "the run is of another size than its footer says");
        }
        byte[] table = bytes.asSlice(footer.tableAt(), tableBytes).toArray(ValueLayout.JAVA_BYTE);
        if (PageOutput.checksum(table, 0, tableBytes) != footer.tableChecksum()) {
            throw new StoreDamagedException(name, footer.tableAt(), "the table of the pages' checksums is not intact");
        }
        return new Run(name, bytes, footerBytes, memory);
    }

    /** The name of its file. */
    public String name() {
        return name;
    }

    /** How many bytes it takes. */
    public long bytes() {
        return bytes;
    }

    /** Stands for the whole content. */
    public int checksum() {
        return checksum;
    }

    /** How many merges deep it was made. */
    public int level() {
        return footer.level();
    }

    /** The store it belongs to. */
    public UUID storeId() {
        return footer.storeId();
    }

    /** Copies some of its bytes. */
    public void copy(long from, byte[] target, int length) {
        pages.copy(from, target, length);
    }

    /** Gives its memory back: whoever reads it from now on is told that the store is closed. */
    @Override
    public void close() {
        if (memory != null) {
            memory.close();
        }
    }

    /** Checks all of its pages. */
    public void checkAll() {
        pages.checkAll();
    }

    @Override
    public long base() {
        return footer.base();
    }

    @Override
    public long last() {
        return footer.base() + footer.events();
    }

    @Override
    public long place(long position) {
        return places.get(position - footer.base() - 1);
    }

    @Override
    public long timeMicros(long position) {
        return times.get(position - footer.base() - 1);
    }

    @Override
    public void places(long from, long[] target, int count) {
        places.get(from - footer.base() - 1, target, count);
    }

    @Override
    public void timesMicros(long from, long[] target, int count) {
        times.get(from - footer.base() - 1, target, count);
    }

    @Override
    public @Nullable Entry find(TermKey key) {
        if (terms[key.kind().number()] == 0) {
            return null;
        }
        long place = directory.find(key.hash(), candidate -> isAt(candidate, key.kind(), key.bytes()));
        return place < 0 ? null : new RunEntry(pages, footer.base(), place);
    }

    private boolean isAt(long place, TermKind kind, byte[] wanted) {
        PageScanner scanner = new PageScanner(pages, place);
        return (scanner.takeByte() & TermWriter.KIND) == kind.number() && scanner.takeNumber() == wanted.length
                && pages.matches(scanner.at(), wanted);
    }

    /** Whether the directory knows a term. */
    boolean finds(TermKind kind, byte[] wanted, long hash) {
        return directory.find(hash, candidate -> isAt(candidate, kind, wanted)) >= 0;
    }

    StoreDamagedException damaged(String what) {
        return pages.damaged(0, what);
    }

    @Override
    public boolean hasRules() {
        return footer.streamsWithRules() > 0;
    }

    @Override
    public long entryCount(TermKind kind) {
        return terms[kind.number()];
    }

    @Override
    public EntryWalk entries(TermKind kind, byte[] from) {
        long begin = 0;
        for (int i = 0; i < kind.number(); i++) {
            begin += terms[i];
        }
        long low = begin;
        long end = begin + terms[kind.number()];
        long high = from.length == 0 ? low : end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(nameAt(ordinals.get(middle)), from) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return new Walk(low, end);
    }

    private byte[] nameAt(long place) {
        PageScanner scanner = new PageScanner(pages, place + 1);
        return scanner.takeBytes((int) scanner.takeNumber());
    }

    /** Goes through the terms by their order. */
    private final class Walk implements EntryWalk {
        private final long end;
        private long next;

        Walk(long next, long end) {
            this.next = next;
            this.end = end;
        }

        @Override
        public @Nullable Entry next() {
            return next == end ? null : new RunEntry(pages, footer.base(), ordinals.get(next++));
        }
    }

    @Override
    public long streamsBegun(long head) {
        if (head >= last()) {
            return footer.streamsBegun();
        }
        long begun = 0;
        EntryWalk walk = entries(TermKind.STREAM, new byte[0]);
        for (Entry entry = walk.next(); entry != null; entry = walk.next()) {
            begun += entry.beganHere() && entry.countUpTo(head) > 0 ? 1 : 0;
        }
        return begun;
    }

    @Override
    public long idsFrom() {
        return footer.idsFrom();
    }

    @Override
    public int idHash(long position) {
        return pages.intAt(footer.idsAt() + (position - footer.idsFrom()) * Integer.BYTES);
    }

    @Override
    public void idHashes(long from, int[] target, int count) {
        pages.ints(footer.idsAt() + (from - footer.idsFrom()) * Integer.BYTES, target, count);
    }

    @Override
    public String toString() {
        return name + " (" + (footer.base() + 1) + " to " + last() + ", level " + footer.level() + ")";
    }
}
