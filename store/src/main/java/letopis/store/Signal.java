package letopis.store;

/** What a {@link Subscription} has to say. */
public sealed interface Signal {
    /** A matching event. */
    record Delivered(RecordedEvent event) implements Signal {}

    /**
     * Everything that matched has been handed out, and the subscription now waits for new events. Comes once at the
     * beginning, also when nothing matched, and once after each {@link FellBehind}.
     *
     * @param position how far it has looked: the head at this moment
     */
    record CaughtUp(long position) implements Signal {}

    /**
     * The subscription had caught up, and events now come faster than they are taken: more than a page of them is waiting
     * to be looked at. How many make a page the store says in its documentation.
     *
     * @param position how far it has looked
     * @param head     the store's head
     */
    record FellBehind(long position, long head) implements Signal {}

    /**
     * Nothing matched for a while. Comes after each run of events without a match, the length of which the store says in
     * its documentation, so that a consumer's checkpoint can move on.
     *
     * @param position how far it has looked
     */
    record Looked(long position) implements Signal {}
}
