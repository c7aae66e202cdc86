package letopis.store;

import java.util.List;

/**
 * What must hold for an append, at the moment it is written. A condition sees what a read at that moment would see, and
 * what was appended before it in the same order, but nothing of its own append.
 */
public sealed interface Condition {
    /** The stream has no events to read from and may be begun: it never had one, or was deleted. */
    record NoStream(String stream) implements Condition {
        @Override
        public String toString() {
            return "stream " + stream + " was expected not to exist";
        }
    }

    /** The stream has been begun, and is not deleted. */
    record StreamExists(String stream) implements Condition {
        @Override
        public String toString() {
            return "stream " + stream + " was expected to exist";
        }
    }

    /**
     * The stream's last event has this revision, and it is not deleted.
     *
     * @param revision 0 or more
     */
    record StreamAt(String stream, long revision) implements Condition {
        /** @throws IllegalArgumentException if the revision is negative */
        public StreamAt {
            if (revision < 0) {
                throw new IllegalArgumentException("stream " + stream + " cannot be at revision " + revision
                        + "; revisions begin at 0, and a stream that does not exist is NoStream");
            }
        }

        @Override
        public String toString() {
            return "stream " + stream + " was expected at revision " + revision;
        }
    }

    /**
     * No event after this position matches the query: the boundary of consistency is drawn by the decision itself
     * (a dynamic consistency boundary, <a href="https://dcb.events/specification/">dcb.events</a>).
     *
     * @param after the head the writer was aware of, as its read handed it back, or 0 if no event at all may match
     */
    record NoEventsMatch(Query query, long after) implements Condition {
        /** @throws IllegalArgumentException if the position is negative */
        public NoEventsMatch {
            if (after < 0) {
                throw new IllegalArgumentException(
                        "there is no position " + after + "; 0 stands before the first event");
            }
        }

        @Override
        public String toString() {
            return "no event " + (after == 0 ? "" : "after position " + after + " ") + "was expected to match \""
                    + query + "\"";
        }
    }

    /** The streams this condition names. */
    default List<String> streams() {
        return switch (this) {
            case NoStream it -> List.of(it.stream);
            case StreamExists it -> List.of(it.stream);
            case StreamAt it -> List.of(it.stream);
            case NoEventsMatch it -> it.query.items().stream().flatMap(item -> item.streams().stream()).toList();
        };
    }
}
