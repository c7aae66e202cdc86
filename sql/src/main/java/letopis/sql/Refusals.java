package letopis.sql;

import java.time.Instant;
import java.util.Optional;

import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreException;
import letopis.store.StreamInfo;

/** Puts together what a refused append is told; reads for it what it must. */
final class Refusals {
    private final Database database;
    private final Readings readings;
    private final Bisection bisection;

    Refusals(Database database, Readings readings, Bisection bisection) {
        this.database = database;
        this.readings = readings;
        this.bisection = bisection;
    }

    StoreException ofStream(Condition condition, StreamFacts stream, Instant now) {
        Optional<StreamInfo> found = stream.end().map(_ -> info(stream, now));
        Optional<RecordedEvent> event = found.filter(it -> it.count() > 0).flatMap(this::last);
        return ConditionFailedException.stream(condition, found, event);
    }

    private StreamInfo info(StreamFacts stream, Instant now) {
        return database.ask(connection -> bisection.info(connection, stream, now));
    }

    private Optional<RecordedEvent> last(StreamInfo stream) {
        Read read = Read.of(Query.stream(stream.stream()))
                .from(Point.revision(stream.lastRevision()))
                .to(Point.revision(stream.lastRevision()));
        try (Reading reading = readings.open(read)) {
            return reading.first();
        }
    }
}
