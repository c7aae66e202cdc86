package letopis.cli.copying;

import java.util.Optional;
import java.util.function.LongConsumer;

import letopis.store.EventStore;
import letopis.store.Point;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;

/** Reads two stores in step, and compares every field of every event. */
public final class Comparison {
    private final EventStore source;
    private final EventStore target;
    private final boolean renumbered;

    /** @param renumbered whether positions and revisions may differ */
    public Comparison(EventStore source, EventStore target, boolean renumbered) {
        this.source = source;
        this.target = target;
        this.renumbered = renumbered;
    }

    /**
     * The first difference up to a position of the source, in words; nothing if there is none, and the target has nothing more.
     *
     * @param upTo     the last position of the source that counts
     * @param progress hears how far it has come
     */
    public Optional<String> firstDifference(long upTo, LongConsumer progress) {
        if (upTo == 0) {
            return target.head() == 0 ? Optional.empty() : more(target.head());
        }
        try (Reading left = source.read(Read.all().to(Point.position(upTo))); Reading right = target.read(Read.all())) {
            while (left.hasNext()) {
                RecordedEvent there = left.next();
                if (!right.hasNext()) {
                    return Optional.of("event " + there.position() + " of the source (" + there.stream() + "@"
                            + there.revision() + ") is not in the target");
                }
                Optional<String> difference = Difference.between(there, right.next(), renumbered);
                if (difference.isPresent()) {
                    return difference;
                }
                progress.accept(there.position());
            }
            return right.hasNext() ? more(right.next().position()) : Optional.empty();
        }
    }

    private static Optional<String> more(long position) {
        return Optional.of("the target has an event at position " + position + " that the source does not have");
    }
}
