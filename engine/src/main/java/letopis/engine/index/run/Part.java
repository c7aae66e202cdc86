package letopis.engine.index.run;

import org.jspecify.annotations.Nullable;

/**
 * The index of a range of positions: from {@link #base}, which is not in it, to {@link #last}, which is. The parts of an index
 * follow each other without gaps.
 */
public interface Part {
    /** The position before the first one. */
    long base();

    /** The newest position; the base where there is none. */
    long last();

    /** The place of an event in the journal. */
    long place(long position);

    /** The places of so many events from a position on. */
    void places(long from, long[] target, int count);

    /** When an event was recorded; never earlier than the event before it. */
    long timeMicros(long position);

    /** When so many events from a position on were recorded. */
    void timesMicros(long from, long[] target, int count);

    /** What there is of a term; null if nothing. */
    @Nullable
    Entry find(TermKey key);

    /** Whether something of a stream that has an entry here is forgotten. */
    boolean hasRules();

    /** The entries of a kind, from this name on. */
    EntryWalk entries(TermKind kind, byte[] from);

    /** How many entries of a kind there are. */
    long entryCount(TermKind kind);

    /** How many streams began here, as of a head. */
    long streamsBegun(long head);

    /** The first position whose event's id is known here; one beyond the last if none is. */
    long idsFrom();

    /** The hash of the id of an event at or after {@link #idsFrom}. */
    int idHash(long position);

    /** The hashes of the ids of so many events from a position on. */
    void idHashes(long from, int[] target, int count);
}
