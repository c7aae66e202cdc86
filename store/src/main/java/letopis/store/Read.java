package letopis.store;

import java.util.Optional;

/**
 * What to read, and which way.
 *
 * <pre>{@code
 * Read.stream("order-17");
 * Read.stream("order-17").from(Point.revision(3)).limit(10);
 * Read.all().backwards().limit(1);
 * Read.of(Query.tag("customer:7")).to(Point.time(noon));
 * }</pre>
 *
 * @param query     which events
 * @param direction in which order
 * @param from      where to begin, itself included: forwards the events at or after this point, backwards those at or before it
 * @param to        where to end, itself included: forwards the events at or before this point, backwards those at or after it
 * @param limit     how many events at most; 1 or more
 */
public record Read(Query query, Direction direction, Optional<Point> from, Optional<Point> to, long limit) {
    /** The limit of a read that has none. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** In which order events are read. */
    public enum Direction {
        /** From low positions to high ones. */
        FORWARDS,
        /** From high positions to low ones. */
        BACKWARDS
    }

    /** @throws IllegalArgumentException if the limit is below 1, or a revision is given for more than one stream */
    public Read {
        if (limit < 1) {
            throw new IllegalArgumentException("a read has a limit of at least 1, not " + limit);
        }
        boolean byRevision = from.orElse(null) instanceof Point.Revision || to.orElse(null) instanceof Point.Revision;
        if (byRevision && query.singleStream().isEmpty()) {
            throw new IllegalArgumentException(
                    "a revision has a meaning in one stream only; \"" + query
                            + "\" may be more: give a position or a time");
        }
    }

    /** All matching events, forwards. */
    public static Read of(Query query) {
        return new Read(query, Direction.FORWARDS, Optional.empty(), Optional.empty(), NO_LIMIT);
    }

    /** All events of one stream, forwards. */
    public static Read stream(String stream) {
        return of(Query.stream(stream));
    }

    /** All events, forwards. */
    public static Read all() {
        return of(Query.all());
    }

    public Read backwards() {
        return new Read(query, Direction.BACKWARDS, from, to, limit);
    }

    public Read from(Point point) {
        return new Read(query, direction, Optional.of(point), to, limit);
    }

    public Read to(Point point) {
        return new Read(query, direction, from, Optional.of(point), limit);
    }

    public Read limit(long events) {
        return new Read(query, direction, from, to, events);
    }

    public boolean isBackwards() {
        return direction == Direction.BACKWARDS;
    }
}
