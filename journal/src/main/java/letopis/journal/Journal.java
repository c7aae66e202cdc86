package letopis.journal;

import java.io.IOException;
import java.util.UUID;

import letopis.store.StoreDamagedException;

/**
 * A totally ordered, durable log of blocks: the only source of truth of a store. A block is one group commit, the records of
 * one or more whole appends; it is there wholly or not at all. Blocks are numbered from 1 on without gaps. A block may have
 * no records (the mark of a clean end is one).
 *
 * <p>The journal knows of a record only whether it takes a position, as events do, or not ({@link RecordKind}).
 *
 * <p>One thread at a time makes blocks ({@link #draft}, {@link #append}), and one may write the block before beside it
 * ({@link #seal}); any number reads. An {@link IOException} of
 * the writing side is final: the journal takes no more blocks until it is opened again; what was published stays readable.
 * Damage is a {@link StoreDamagedException}; a closed journal answers with a
 * {@link letopis.store.StoreClosedException}. An interrupt of a calling thread harms nothing, and is kept.
 */
public interface Journal extends AutoCloseable {
    /** Names this store for ever; bound into every checksum. */
    UUID storeId();

    /** The number of the newest published block, or 0. */
    long lastBlock();

    /** The position of the newest published event, or 0. */
    long lastPosition();

    /**
     * Begins the next block, with room for at least so many records with so many bytes of payload together, and for more
     * while there is room. Drops a draft that was begun and not appended.
     *
     * @throws letopis.store.StoreFullException     if there is no room; nothing was changed, and a later call may succeed
     * @throws letopis.store.LimitExceededException if it would be larger than the journal's largest block; nothing was
     *                                              changed
     * @throws IOException                          if the journal cannot write any more; final for this opening
     */
    BlockDraft draft(int records, long payloadBytes) throws IOException;

    /** The same, for one record. */
    default BlockDraft draft(int payloadBytes) throws IOException {
        return draft(1, payloadBytes);
    }

    /**
     * Writes a draft and forces it: on return it is durable, and published to readers. The draft has at least one record and
     * is the last one begun.
     *
     * @throws IOException if it may not be durable; final for this opening. It may be there when the journal is opened again
     */
    void append(BlockDraft draft) throws IOException;

    /**
     * Completes a draft, so that the next one can be begun while this block is written, by another thread if need be. No other
     * draft is completed before that has returned.
     *
     * @return writes the block
     * @throws IOException if the journal cannot write any more; final for this opening. Nothing of the draft was written
     */
    default BlockWrite seal(BlockDraft draft) throws IOException {
        append(draft);
        return () -> {};
    }

    /**
     * Forces all that is published to the disk, where blocks are acknowledged before they are forced; else that was done.
     *
     * @throws IOException if it may not be durable; final for this opening
     */
    default void force() throws IOException {}

    /**
     * The end of what is published now, to be remembered: an opening that is given it need not read what lies before it. It
     * is worth as much as the opening finds it true, and less than the log: never a reason to believe that a block is there.
     */
    JournalMark mark();

    /**
     * Hands the records of the blocks that are published now to a visitor, block by block in order, each checked.
     *
     * <p>Begins at once at the first block, at the one after a {@linkplain #mark mark} that the journal was opened with, and
     * where the last replay ended; any other block is looked for from an earlier one on.
     *
     * @param fromBlock the number of the first block, from 1 to the one after the last
     * @return the number of the block that comes next
     */
    long replay(long fromBlock, BlockVisitor visitor) throws IOException;

    /** What says that the record at a place is not what it should be, for those who know what that is: names the file. */
    StoreDamagedException damaged(long place, String damage);

    /** A handle to read single records with; for one thread at a time. An interrupt of its thread harms nothing. */
    RecordReader reader();

    /**
     * For a journal opened read-only beside its writer: looks how far the writer has published.
     *
     * @return whether there are new blocks
     */
    boolean refresh() throws IOException;

    /** The number of the last segment that is full, so that it can be written anew; 0 if there is none. */
    default int sealedSegments() {
        return 0;
    }

    /**
     * Lets the next block begin a new segment, so that the one before it is full. For the thread that writes; a draft that was
     * begun is dropped.
     *
     * @throws letopis.store.StoreFullException if there is no room; nothing was changed
     */
    default void sealSegment() throws IOException {}

    /**
     * Erases events of a segment that is full: their records stay where they are, and say that they were erased. Beside writers
     * and readers, who do not wait for it. On return what was erased is in no file of the journal.
     *
     * @throws IOException if it could not be done; the segment is as it was
     */
    default SegmentRewrite erase(int segment, EventEraser eraser) throws IOException {
        throw new UnsupportedOperationException("a journal without segments");
    }

    /** How large the journal is, as far as it is published. */
    JournalStats stats();

    /** Writes the mark of a clean end, if this opening writes, and gives the files and the lock back. */
    @Override
    void close() throws IOException;
}
