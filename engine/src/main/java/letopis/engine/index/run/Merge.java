package letopis.engine.index.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.LongPredicate;

import letopis.journal.disk.DiskFile;
import org.jspecify.annotations.Nullable;

/**
 * Writes one run that says all that neighbouring parts say. It goes through them in the order of their terms, so that it takes
 * little memory, however large they are: eight bytes for each 64 positions and for each 64 terms, sixteen for each 128
 * positions of one term, four for each 4 KiB, and about 40 MB for the directory of a million terms at a time.
 *
 * <p>What was erased from the journal is left out: its postings and the terms that have no others. The positions keep their
 * places and times.
 */
public final class Merge {
    /** How many terms or positions go by before the pause is asked. */
    private static final int PAUSE_EVERY = 4096;
    private static final int CHUNK = 1024;
    private static final byte[] FROM_THE_FIRST = {};
    /** Says that no event is gone. */
    public static final LongPredicate NOTHING = _ -> false;

    private final List<? extends Part> parts;
    private final UUID storeId;
    private final int level;
    private final long idsFrom;
    private final LongPredicate erased;
    private final Pause pause;
    private final long base;
    private final long last;
    private final boolean losesNothing;
    private final long[] chunk = new long[CHUNK];
    private int steps;
    private long begun;

    /** Asked now and then while a run is written. */
    @FunctionalInterface
    public interface Pause {
        /** May do something else meanwhile, or end the writing with an exception. */
        void now() throws IOException;
    }

    /**
     * @param parts   one or more that follow each other, the oldest first
     * @param after   what lies at or below this position is left out, as if it had never been here
     * @param level   how many merges deep the new run is
     * @param idsFrom the position from which on the ids of events are kept
     * @param erased  the positions of events that are gone from the journal
     */
    public Merge(List<? extends Part> parts, long after, UUID storeId, int level, long idsFrom, LongPredicate erased,
            Pause pause) {
        this.parts = parts;
        this.storeId = storeId;
        this.level = level;
        this.idsFrom = idsFrom;
        this.erased = erased;
        this.pause = pause;
        base = Math.max(after, parts.getFirst().base());
        last = parts.getLast().last();
        losesNothing = after <= parts.getFirst().base() && erased.equals(NOTHING);
    }

    /** All of some parts, with nothing erased. */
    public static Merge of(List<? extends Part> parts, UUID storeId, int level, long idsFrom, Pause pause) {
        return new Merge(parts, 0, storeId, level, idsFrom, NOTHING, pause);
    }

    /** Writes the run; a scratch file, if there is one, is used for more than a million terms, and may be deleted afterwards. */
    public void write(Sink sink, @Nullable DiskFile scratch) throws IOException {
        PageOutput out = new PageOutput(sink);
        long placesAt = writeColumn(out, Part::places);
        long timesAt = writeColumn(out, Part::timesMicros);
        long idsAt = out.at();
        long firstId = writeIds(out);
        TermPlaces termPlaces = new TermPlaces(entryCount(), scratch);
        TermWriter terms = new TermWriter(out, base, TermKey.seed(storeId), termPlaces);
        for (TermKind kind : TermKind.values()) {
            writeTerms(terms, kind);
        }
        long ordinalsAt = terms.endAll();
        long directoryAt = Directory.write(out, termPlaces);
        long tableAt = out.at();
        int tableChecksum = out.putChecksums();
        byte[] footer = new Footer(level, storeId, base, last - base, streamsBegun(), terms.streamsWithRules(),
                terms.counts(), placesAt, timesAt, idsAt, firstId, ordinalsAt, directoryAt, termPlaces.bits(),
                tableChecksum, tableAt).encode();
        sink.write(footer, 0, footer.length);
    }

    private void step(int size) throws IOException {
        steps += size;
        if (steps >= PAUSE_EVERY) {
            steps = 0;
            pause.now();
        }
    }

    /** What a part says of each of so many positions. */
    private interface Numbers {
        void get(Part part, long from, long[] target, int count);
    }

    private long writeColumn(PageOutput out, Numbers numbers) throws IOException {
        ColumnWriter column = new ColumnWriter(out);
        for (Part part : parts) {
            for (long from = first(part); from <= part.last(); from += CHUNK) {
                int count = (int) Math.min(CHUNK, part.last() - from + 1);
                numbers.get(part, from, chunk, count);
                column.add(chunk, count);
                step(count);
            }
        }
        return column.end();
    }

    /** What is kept are the newest ids, without a gap. */
    private long writeIds(PageOutput out) throws IOException {
        long first = last + 1;
        for (Part part : parts.reversed()) {
            if (first != part.last() + 1) {
                break;
            }
            first = Math.min(first, Math.max(Math.max(idsFrom, base + 1), part.idsFrom()));
        }
        int[] ids = new int[CHUNK];
        for (Part part : parts) {
            for (long from = Math.max(first, part.base() + 1); from <= part.last(); from += CHUNK) {
                int count = (int) Math.min(CHUNK, part.last() - from + 1);
                part.idHashes(from, ids, count);
                for (int i = 0; i < count; i++) {
                    out.putInt(ids[i]);
                }
            }
        }
        return first;
    }

    private long entryCount() {
        long count = 0;
        for (Part part : parts) {
            for (TermKind kind : TermKind.values()) {
                count += part.entryCount(kind);
            }
        }
        return count;
    }

    /** Streams whose events were all erased have begun here nevertheless, and have no entry any more that says so. */
    private long streamsBegun() {
        if (base > parts.getFirst().base()) {
            return begun;
        }
        long all = 0;
        for (Part part : parts) {
            all += part.streamsBegun(Long.MAX_VALUE);
        }
        return all;
    }

    private long first(Part part) {
        return Math.max(base, part.base()) + 1;
    }

    private void writeTerms(TermWriter writer, TermKind kind) throws IOException {
        int size = parts.size();
        EntryWalk[] walks = new EntryWalk[size];
        @Nullable
        Entry[] heads = new Entry[size];
        for (int i = 0; i < size; i++) {
            walks[i] = parts.get(i).entries(kind, FROM_THE_FIRST);
            heads[i] = walks[i].next();
        }
        List<Entry> same = new ArrayList<>(size);
        for (byte[] name = lowest(heads); name != null; name = lowest(heads)) {
            same.clear();
            for (int i = 0; i < size; i++) {
                Entry head = heads[i];
                if (head != null && Arrays.equals(head.name(), name)) {
                    same.add(head);
                    heads[i] = walks[i].next();
                }
            }
            writeTerm(writer, kind, same);
        }
    }

    private static byte @Nullable [] lowest(@Nullable Entry[] heads) {
        byte @Nullable [] lowest = null;
        for (Entry head : heads) {
            if (head != null && (lowest == null || Arrays.compareUnsigned(head.name(), lowest) < 0)) {
                lowest = head.name();
            }
        }
        return lowest;
    }

    private void writeTerm(TermWriter writer, TermKind kind, List<Entry> entries) throws IOException {
        Entry first = entries.getLast();
        for (Entry entry : entries.reversed()) {
            first = entry.count() > 0 ? entry : first;
        }
        boolean began = false;
        for (Entry entry : entries) {
            began |= entry.beganHere() && (entry.count() == 0 || entry.at(0) > base);
        }
        begun += began ? 1 : 0;
        writer.begin(kind, first.name(), first.baseRevision() + missingPrefix(kind, entries),
                entries.getLast().rules(), began);
        for (Entry entry : entries) {
            long count = entry.count();
            for (long rank = 0; rank < count;) {
                int copied = entry.copy(rank, chunk);
                writer.add(chunk, losesNothing ? copied : withoutMissing(copied));
                rank += copied;
                step(copied);
            }
        }
        writer.end();
    }

    private int withoutMissing(int copied) {
        int kept = 0;
        for (int i = 0; i < copied; i++) {
            if (!isMissing(chunk[i])) {
                chunk[kept++] = chunk[i];
            }
        }
        return kept;
    }

    private boolean isMissing(long position) {
        return position <= base || erased.test(position);
    }

    /** What is missing of a stream are its first events. */
    private long missingPrefix(TermKind kind, List<Entry> entries) {
        if (losesNothing || kind != TermKind.STREAM) {
            return 0;
        }
        long prefix = 0;
        for (Entry entry : entries) {
            for (long rank = 0; rank < entry.count(); rank++) {
                if (!isMissing(entry.at(rank))) {
                    return prefix;
                }
                prefix++;
            }
        }
        return prefix;
    }
}
