package letopis.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.sql.dialect.Tables;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Writes many events with one statement: a column is an array, or an empty one where it would be the same for all; a missing
 * element is a null. One event without tags goes without arrays, which take longer to read.
 */
final class PostgresInsert {
    static final String COLUMNS = "(position, stream, revision, category, type, id, recorded, content_type, data,"
            + " data_bytes, metadata, metadata_bytes, tags)";
    private static final String ROWS = "select ? + n, s, r, c, t, i, coalesce(w, ?::timestamptz), coalesce(ct, ?), d, db, m, mb,"
            + " coalesce(string_to_array(g, E'\\n'), '{}') from"
            + " unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[], ?::text[], ?::json[],"
            + " ?::bytea[], ?::json[], ?::bytea[], ?::text[]) with ordinality as u(s, r, c, t, i, w, ct, d, db, m, mb, g, n)";
    private static final String TAG_ROWS = "select * from unnest(?::text[], ?::bigint[])";
    private static final String ONE_ROW = "select ?, ?, ?, ?, ?, ?, ?::timestamptz, ?, ?::json, ?, ?::json, ?, '{}'::text[]";
    private static final int PARAMETERS = 15;

    private final String plain;
    private final String tags;
    private final String atHead;
    private final String oneAtHead;
    private final String atHeadWithTags;
    private final boolean idsApart;

    /** @param idsApart whether ids have a table of their own */
    PostgresInsert(Tables tables, String turn, boolean idsApart) {
        this.idsApart = idsApart;
        String events = "insert into " + tables.event() + COLUMNS + " " + ROWS;
        tags = "insert into " + tables.eventTag() + "(tag, position) " + TAG_ROWS;
        String ids = "named as (insert into " + tables.event() + "_id (id, position) select id, position from written)";
        plain = idsApart
                ? "with written as (" + events + " returning id, position), " + ids + " select count(*) from written"
                : events;
        String confirm = "select set_config('lock_timeout', ?, true), pg_advisory_xact_lock(" + turn + "); ";
        String condition = " where " + head(tables) + " = ? and (select forgets from " + tables.store() + ") = ?"
                + " and current_setting('transaction_isolation') = 'read committed'"; // else the head is an old one
        String written = confirm + "with written as (" + events + condition + " returning id, position)"
                + (idsApart ? ", " + ids : "");
        atHead = idsApart ? written + " select count(*) from written" : confirm + events + condition;
        oneAtHead = confirm + "insert into " + tables.event() + COLUMNS + " " + ONE_ROW + condition;
        atHeadWithTags = written + ", tagged as (insert into "
                + tables.eventTag() + "(tag, position) select t.tag, t.position from unnest(?::text[], ?::bigint[])"
                + " t(tag, position) where exists (select 1 from written)) select count(*) from written";
    }

    /** An expression for the newest position; an aggregate would take longer to set up. */
    static String head(Tables tables) {
        return "coalesce((select h.position from " + tables.event() + " h order by h.position desc limit 1), 0)";
    }

    void plain(Connection connection, List<RecordedEvent> events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(plain)) {
            rows(connection, statement, 1, events);
            statement.execute();
        }
        if (events.stream().anyMatch(it -> !it.tags().isEmpty())) {
            try (PreparedStatement statement = connection.prepareStatement(tags)) {
                tags(connection, statement, 1, events);
                statement.executeUpdate();
            }
        }
    }

    boolean atHead(Connection connection, long head, long forgets, List<RecordedEvent> events, Duration turnAtMost)
            throws SQLException {
        boolean tagged = events.stream().anyMatch(it -> !it.tags().isEmpty());
        if (events.size() == 1 && !tagged && !idsApart) {
            return oneAtHead(connection, head, forgets, events.getFirst(), turnAtMost);
        }
        try (PreparedStatement statement = connection.prepareStatement(tagged ? atHeadWithTags : atHead)) {
            statement.setString(1, turnAtMost.toMillis() + 1 + "ms");
            rows(connection, statement, 2, events);
            statement.setLong(PARAMETERS + 2, head);
            statement.setLong(PARAMETERS + 3, forgets);
            if (tagged) {
                tags(connection, statement, PARAMETERS + 4, events);
            }
            statement.execute();
            statement.getMoreResults();
            if (!tagged && !idsApart) {
                return statement.getUpdateCount() > 0;
            }
            try (var row = statement.getResultSet()) {
                return row.next() && row.getLong(1) > 0;
            }
        }
    }

    private boolean oneAtHead(Connection connection, long head, long forgets, RecordedEvent recorded,
            Duration turnAtMost) throws SQLException {
        Event event = recorded.event();
        try (PreparedStatement statement = connection.prepareStatement(oneAtHead)) {
            int p = 1;
            statement.setString(p++, turnAtMost.toMillis() + 1 + "ms");
            statement.setLong(p++, recorded.position());
            statement.setString(p++, recorded.stream());
            statement.setLong(p++, recorded.revision());
            statement.setString(p++, recorded.category());
            statement.setString(p++, event.type());
            statement.setObject(p++, event.id());
            statement.setString(p++, recorded.time().toString());
            statement.setString(p++, event.contentType());
            p = bytes(statement, p, event.data());
            p = bytes(statement, p, event.metadata());
            statement.setLong(p++, head);
            statement.setLong(p, forgets);
            statement.execute();
            statement.getMoreResults();
            return statement.getUpdateCount() > 0;
        }
    }

    /** A value as JSON, or as bytes. */
    private static int bytes(PreparedStatement statement, int parameter, Bytes value) throws SQLException {
        byte[][] bytes = new byte[1][];
        statement.setString(parameter, json(value, bytes, 0));
        statement.setBytes(parameter + 1, bytes[0]);
        return parameter + 2;
    }

    private static void rows(Connection connection, PreparedStatement statement, int first, List<RecordedEvent> events)
            throws SQLException {
        int count = events.size();
        Object[][] columns = new Object[7][count];
        @Nullable
        String[] dataJson = new @Nullable String[count];
        @Nullable
        String[] metadataJson = new @Nullable String[count];
        Long[] revisions = new Long[count];
        byte[][] data = new byte[count][];
        byte[][] metadata = new byte[count][];
        for (int i = 0; i < count; i++) {
            RecordedEvent recorded = events.get(i);
            Event event = recorded.event();
            columns[0][i] = recorded.stream();
            revisions[i] = recorded.revision();
            columns[1][i] = recorded.category();
            columns[2][i] = event.type();
            columns[3][i] = event.id();
            columns[4][i] = i > 0 && recorded.time().equals(events.get(i - 1).time())
                    ? columns[4][i - 1]
                    : recorded.time().toString();
            columns[5][i] = event.contentType();
            dataJson[i] = json(event.data(), data, i);
            metadataJson[i] = json(event.metadata(), metadata, i);
            columns[6][i] = String.join("\n", event.tags());
        }
        int p = first;
        statement.setLong(p++, events.getFirst().position() - 1);
        statement.setString(p++, (String) columns[4][0]);
        statement.setString(p++, (String) columns[5][0]);
        statement.setArray(p++, connection.createArrayOf("text", columns[0]));
        statement.setArray(p++, connection.createArrayOf("bigint", revisions));
        statement.setArray(p++, connection.createArrayOf("text", columns[1]));
        statement.setArray(p++, connection.createArrayOf("text", columns[2]));
        statement.setArray(p++, connection.createArrayOf("uuid", columns[3]));
        statement.setArray(p++, connection.createArrayOf("text", unlessAll(columns[4][0], columns[4])));
        statement.setArray(p++, connection.createArrayOf("text", unlessAll(columns[5][0], columns[5])));
        statement.setArray(p++, connection.createArrayOf("text", dataJson));
        statement.setArray(p++, connection.createArrayOf("bytea", unlessNone(data)));
        statement.setArray(p++, connection.createArrayOf("text", metadataJson));
        statement.setArray(p++, connection.createArrayOf("bytea", unlessNone(metadata)));
        statement.setArray(p, connection.createArrayOf("text", unlessAll("", columns[6])));
    }

    /** Nothing, if all are this one. */
    private static Object[] unlessAll(Object value, Object[] column) {
        for (Object one : column) {
            if (!one.equals(value)) {
                return column;
            }
        }
        return new Object[0];
    }

    private static byte[][] unlessNone(byte[][] column) {
        for (byte[] one : column) {
            if (one != null) {
                return column;
            }
        }
        return new byte[0][];
    }

    /** The text, if it is JSON; otherwise puts the bytes, if there are any, among the bytes. */
    private static @Nullable String json(Bytes value, byte[][] bytes, int i) {
        if (value.isEmpty()) {
            return null;
        }
        Optional<String> text = JsonText.of(value);
        if (text.isEmpty()) {
            bytes[i] = value.toArray();
        }
        return text.orElse(null);
    }

    private static void tags(Connection connection, PreparedStatement statement, int first, List<RecordedEvent> events)
            throws SQLException {
        List<String> tags = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        for (RecordedEvent event : events) {
            for (String tag : event.tags()) {
                tags.add(tag);
                positions.add(event.position());
            }
        }
        statement.setArray(first, connection.createArrayOf("text", tags.toArray()));
        statement.setArray(first + 1, connection.createArrayOf("bigint", positions.toArray()));
    }
}
