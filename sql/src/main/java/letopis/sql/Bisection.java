package letopis.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

import letopis.sql.dialect.Dialect;
import letopis.sql.dialect.Tables;
import letopis.store.StreamInfo;

/**
 * Finds positions and revisions of a time, and revisions of a position, by halving: times never go backwards along positions,
 * and neither do along a stream's revisions, so the keys that are there anyway are index enough.
 */
final class Bisection {
    private final Rows rows;
    private final Dialect dialect;
    private final Tables tables;

    Bisection(Rows rows, Dialect dialect) {
        this.rows = rows;
        this.dialect = dialect;
        this.tables = dialect.tables();
    }

    private interface Probe {
        /** Whether the wanted one lies at this number or below. */
        boolean reached(long number) throws SQLException;
    }

    /** The first position of which the time is this or later; one beyond the head if there is none. */
    long positionAt(Connection connection, long micros, long head) throws SQLException {
        return first(1, head + 1, position -> rows.number(connection, Sql.of("select " + dialect.recordedMicros("e")
                + " from " + tables.event() + " e where e.position = ?", position), Long.MIN_VALUE) >= micros);
    }

    /** The first revision of a stream of which the time is this or later; one beyond the last if there is none. */
    long revisionAtTime(Connection connection, String stream, long lastRevision, long micros) throws SQLException {
        return revision(connection, stream, lastRevision, dialect.recordedMicros("e"), micros);
    }

    /** The first revision of a stream of which the position is this or higher; one beyond the last if there is none. */
    long revisionAtPosition(Connection connection, String stream, long lastRevision, long position)
            throws SQLException {
        return revision(connection, stream, lastRevision, "e.position", position);
    }

    private long revision(Connection connection, String stream, long lastRevision, String column, long wanted)
            throws SQLException {
        return first(0, lastRevision + 1, revision -> rows.number(connection, Sql.of("select " + column + " from "
                + tables.event() + " e where e.stream = ? and e.revision = ?", stream, revision),
                Long.MIN_VALUE) >= wanted);
    }

    /** What is known of a stream that has an event. */
    StreamInfo info(Connection connection, StreamFacts stream, Instant now) throws SQLException {
        long first = stream.rule().firstKept(stream.lastRevision());
        if (stream.rule().retention().maxAge().isPresent()) {
            long oldest = Times.firstYoungerThan(stream.rule().retention().maxAge().get(), now);
            first = Math.max(first, revisionAtTime(connection, stream.stream(), stream.lastRevision(), oldest));
        }
        return stream.info(first);
    }

    private static long first(long from, long end, Probe probe) throws SQLException {
        long low = from;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (probe.reached(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
