package letopis.store;

import java.time.Instant;

/** A point in the order of events, given by a revision of one stream, a position or a time. */
public sealed interface Point {
    /** An event's number in its stream; has a meaning only where one stream is read. */
    record Revision(long revision) implements Point {
        /** @throws IllegalArgumentException if the revision is negative */
        public Revision {
            if (revision < 0) {
                throw new IllegalArgumentException("there is no revision " + revision + "; revisions begin at 0");
            }
        }
    }

    /** An event's number in the store; 0 stands before the first event. */
    record Position(long position) implements Point {
        /** @throws IllegalArgumentException if the position is negative */
        public Position {
            if (position < 0) {
                throw new IllegalArgumentException("there is no position " + position + "; positions begin at 1");
            }
        }
    }

    /** A recorded time. */
    record Time(Instant time) implements Point {}

    static Point revision(long revision) {
        return new Revision(revision);
    }

    static Point position(long position) {
        return new Position(position);
    }

    static Point time(Instant time) {
        return new Time(time);
    }
}
