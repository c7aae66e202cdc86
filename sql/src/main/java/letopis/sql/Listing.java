package letopis.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import letopis.sql.dialect.Dialect;
import letopis.sql.dialect.Tables;
import letopis.store.StreamInfo;
import letopis.store.TypeInfo;

/** Lists streams and types. Streams cost one search of the index each, types a walk through the index of types. */
final class Listing {
    /** So many names are asked for by one query, which holds them all. */
    private static final int NAMES_AT_ONCE = 500;

    private final Dialect dialect;
    private final Tables tables;
    private final Rows rows;
    private final Bisection bisection;

    Listing(Dialect dialect, Rows rows, Bisection bisection) {
        this.dialect = dialect;
        this.tables = dialect.tables();
        this.rows = rows;
        this.bisection = bisection;
    }

    Optional<StreamInfo> stream(Connection connection, String stream, Instant now) throws SQLException {
        StreamFacts facts = rows.facts(connection, stream, true);
        return facts.end().isEmpty() ? Optional.empty() : Optional.of(bisection.info(connection, facts, now));
    }

    List<StreamInfo> streams(Connection connection, String prefix, String after, int limit, Instant now)
            throws SQLException {
        List<String> names = names(connection, prefix, after, limit);
        Map<String, StreamFacts> facts = rows.facts(connection, names, true, false);
        List<StreamInfo> streams = new ArrayList<>();
        for (String name : names) {
            StreamFacts known = facts.get(name);
            if (known == null || known.end().isEmpty()) {
                throw new AssertionError("stream " + name + " is listed and not there");
            }
            streams.add(bisection.info(connection, known, now));
        }
        return streams;
    }

    private List<String> names(Connection connection, String prefix, String after, int limit) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> some;
        int wanted;
        do {
            wanted = Math.min(limit - names.size(), NAMES_AT_ONCE);
            some = someNames(connection, prefix, names.isEmpty() ? after : names.getLast(), wanted);
            names.addAll(some);
        } while (some.size() == wanted && names.size() < limit);
        return names;
    }

    private List<String> someNames(Connection connection, String prefix, String after, int limit) throws SQLException {
        Sql sql = Sql.of(dialect.streamNames(), prefix, after, (long) limit);
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection, dialect); ResultSet row = statement.executeQuery()) {
            while (row.next() && row.getString(1).startsWith(prefix)) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    List<TypeInfo> types(Connection connection) throws SQLException {
        List<TypeInfo> types = new ArrayList<>();
        String event = tables.event();
        try (PreparedStatement statement = dialect.reading(connection, "select t.type, t.events, t.low, t.high, "
                + dialect.recordedMicros("a") + ", " + dialect.recordedMicros("b")
                + " from (select type, count(*) as events, min(position) as low, max(position) as high from " + event
                + " group by type) t join " + event + " a on a.position = t.low join " + event
                + " b on b.position = t.high order by t.type"); ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                types.add(new TypeInfo(row.getString(1), row.getLong(2), row.getLong(3), Times.instant(row.getLong(5)),
                        row.getLong(4), Times.instant(row.getLong(6))));
            }
        }
        return types;
    }
}
