package letopis.engine.read;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import letopis.engine.index.Index;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;

/**
 * The positions between which a read looks, both included; empty where the lowest is above the highest.
 *
 * @param lowest  1 or more
 * @param highest at most the head
 */
record Range(long lowest, long highest) {
    static Range of(Read read, Index index, long head) {
        Optional<Point> low = read.isBackwards() ? read.to() : read.from();
        Optional<Point> high = read.isBackwards() ? read.from() : read.to();
        long lowest = low.map(it -> atOrAfter(it, read.query(), index, head)).orElse(1L);
        long highest = high.map(it -> atOrBefore(it, read.query(), index, head)).orElse(head);
        return new Range(Math.max(lowest, 1), Math.min(highest, head));
    }

    private static long atOrAfter(Point point, Query query, Index index, long head) {
        return switch (point) {
            case Point.Position it -> it.position();
            case Point.Revision it -> index.positionAtOrAfter(streamOf(query), it.revision(), head);
            case Point.Time it -> firstAtOrAfter(it.time(), index, head);
        };
    }

    private static long atOrBefore(Point point, Query query, Index index, long head) {
        return switch (point) {
            case Point.Position it -> it.position();
            case Point.Revision it -> index.positionAtOrBefore(streamOf(query), it.revision(), head);
            case Point.Time it -> {
                Instant time = it.time().truncatedTo(ChronoUnit.MICROS);
                yield time.equals(Instant.MAX.truncatedTo(ChronoUnit.MICROS))
                        ? head
                        : firstAtOrAfter(time.plus(1, ChronoUnit.MICROS), index, head) - 1;
            }
        };
    }

    /** Recorded times are whole microseconds: the first at or after a time between two of them is at or after the next. */
    private static long firstAtOrAfter(Instant time, Index index, long head) {
        Instant rounded = time.truncatedTo(ChronoUnit.MICROS);
        long micros;
        try {
            micros = ChronoUnit.MICROS.between(Instant.EPOCH, rounded);
            micros = rounded.equals(time) ? micros : Math.addExact(micros, 1);
        } catch (ArithmeticException _) {
            return time.isBefore(Instant.EPOCH) ? 1 : head + 1; // beyond all times that can be recorded
        }
        return index.firstAtOrAfter(micros, head);
    }

    private static String streamOf(Query query) {
        return query.singleStream().orElseThrow(() -> new AssertionError("a revision for \"" + query + "\""));
    }
}
