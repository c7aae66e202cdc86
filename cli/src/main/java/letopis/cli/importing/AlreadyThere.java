package letopis.cli.importing;

import java.util.Optional;

import letopis.cli.line.EventLine;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Point;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;

/**
 * Compares lines that give the id of an event of the store with that event: the same id must mean the same fact. Reads on from one
 * such event to the next, as a repeated import meets them in their order. For one thread.
 */
final class AlreadyThere implements AutoCloseable {
    private final EventStore store;
    private Optional<Reading> reading = Optional.empty();
    private long next;

    AlreadyThere(EventStore store) {
        this.store = store;
    }

    /** What tells the line from the event at this position, in words; nothing if they are the same, or the event is forgotten. */
    Optional<String> difference(EventLine line, long position) {
        if (reading.isEmpty() || position != next) {
            close();
            reading = Optional.of(store.read(Read.all().from(Point.position(position))));
        }
        next = position + 1;
        Optional<RecordedEvent> there = reading.get().first();
        if (there.isEmpty() || there.get().position() != position) {
            close();
            return Optional.empty();
        }
        return difference(line.event(), there.get().event());
    }

    private static Optional<String> difference(Event line, Event there) {
        if (!line.type().equals(there.type())) {
            return Optional.of("type " + there.type());
        }
        if (!line.contentType().equals(there.contentType())) {
            return Optional.of("content type " + there.contentType());
        }
        if (!line.data().equals(there.data())) {
            return Optional.of("other data");
        }
        if (!line.metadata().equals(there.metadata())) {
            return Optional.of("other metadata");
        }
        return line.tags().equals(there.tags()) ? Optional.empty() : Optional.of("other tags");
    }

    @Override
    public void close() {
        reading.ifPresent(Reading::close);
        reading = Optional.empty();
    }
}
