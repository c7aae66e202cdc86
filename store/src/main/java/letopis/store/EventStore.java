package letopis.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A durable store of events in one order.
 *
 * <p>Events are filed in streams, where revisions number them, and stand in the one order of the whole store, where
 * positions do. Nobody ever sees position P while something below P can still appear, so that one number serves as
 * checkpoint, as head to decide on, and as key for time travel.
 *
 * <p>Safe for any number of threads. Methods block; an interrupt ends the wait and leaves the store unharmed. Nothing that is
 * passed in or handed out is {@code null}. What goes wrong in the store is a {@link StoreException}; a request that can
 * never have a meaning is an {@link IllegalArgumentException}.
 */
public interface EventStore extends AutoCloseable {
    /**
     * Appends events to one or several streams: all become visible together, or none does.
     *
     * <p>On return they are durable, unless the store was opened with a weaker durability. An append whose events all carry
     * ids that were appended before, in the same order to the same streams, is a retry: it succeeds with the same answer,
     * whatever its conditions say now, and writes nothing.
     *
     * @throws ConditionFailedException  if a condition does not hold; nothing was written
     * @throws EventIdTakenException     if some of the event ids are there already, but not as this append; nothing was written
     * @throws LimitExceededException    if the append is larger than the store allows; nothing was written
     * @throws InvalidNameException      if a name is empty or has characters that names may not have; nothing was written
     * @throws StreamTombstonedException if a stream was ended for ever; nothing was written
     * @throws TimeBeforeHeadException   if the time given is older than the newest event; nothing was written
     * @throws NotSupportedException     if the store lacks what the append needs; nothing was written
     * @throws StoreFullException        if there is no room left; nothing was written, and appends succeed again once there is
     * @throws StoreBusyException        if too many appends are waiting already; nothing was written
     * @throws OutcomeUnknownException   if the wait for the answer ended early, by an interrupt for example: the append may or
     *                                   may not be written, and sending it again with the same event ids settles it
     * @throws StoreFailedException      if the store can no longer write
     * @throws StoreClosedException      if the store is closed
     */
    Appended append(Append append);

    /**
     * The same as {@link #append} without waiting for the answer, so that many appends can be under way. They are written
     * in the order of these calls where one thread makes them. The future fails with the exceptions of {@link #append};
     * cancelling it does not take the append back. A call may wait for room in the store's queue.
     */
    CompletableFuture<Appended> submit(Append append);

    /**
     * Opens a read. Events are fetched as the reading is advanced.
     *
     * @throws StoreClosedException if the store is closed
     */
    Reading read(Read read);

    /**
     * Subscribes to the events that match, from a position on and for as long as the subscription is open.
     *
     * @param after the checkpoint: the first event delivered lies beyond this position; 0 for everything
     * @throws IllegalArgumentException if the position is negative
     * @throws PositionBeyondHeadException if the position lies beyond the head: the checkpoint is not of this store, or the
     *                              store was restored to an earlier state
     * @throws StoreClosedException if the store is closed
     */
    Subscription subscribe(Query query, long after);

    /** The position of the newest event, or 0 for an empty store. */
    long head();

    /** What is known of a stream; nothing if it never had an event. */
    Optional<StreamInfo> stream(String stream);

    /**
     * A page of the streams there are, ordered by the bytes of their names in UTF-8; deleted and tombstoned ones, too.
     *
     * @param prefix what the names begin with; {@code "order-"} for all streams of a category, empty for all
     * @param after  the last name of the page before, or empty
     * @param limit  1 or more; a shorter page is the last
     */
    List<StreamInfo> streams(String prefix, String after, int limit);

    /** The event types there are, ordered by the bytes of their names in UTF-8. */
    List<TypeInfo> types();

    /**
     * Forgets events: see {@link Forget}.
     *
     * @throws IllegalArgumentException if a stream is to be truncated further than one beyond its last revision
     * @throws StreamNotFoundException   if the stream never had an event
     * @throws StreamTombstonedException if the stream was ended for ever, unless it is asked for again
     * @throws NotSupportedException     if the store lacks it
     */
    void forget(Forget forget);

    /** What may be appended, at most. */
    Limits limits();

    /** What this store can do. */
    Set<Capability> capabilities();

    /**
     * Closes the store. Appends that were accepted are answered first; readings and subscriptions end with a
     * {@link StoreClosedException}. Closing twice does nothing.
     */
    @Override
    void close();
}
