package letopis.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.RecordedEvent;

/**
 * The event of a row. The driver gives a column's bytes as they came, and takes its time to make an object of them; a statement's first few
 * executions come as text, which is left to it.
 */
final class PostgresRow {
    static final int COLUMNS = 12;
    private static final byte[] JSON = Event.JSON.getBytes(StandardCharsets.US_ASCII);
    private static final long FROM_1970_TO_2000 = 946_684_800_000_000L;

    private PostgresRow() {}

    /** The columns that are read here. An array is compared with another one slowly, and counted fast. */
    static String columns(String alias) {
        String dot = alias + ".";
        return dot + String.join(", " + dot, "position", "stream", "revision", "type", "id", "recorded", "content_type",
                "data", "data_bytes", "metadata", "metadata_bytes") + ", case when cardinality(" + dot
                + "tags) > 0 then " + dot + "tags end";
    }

    static RecordedEvent event(ResultSet row, int first) throws SQLException {
        var event = new Event(uuid(row, first + 4), row.getString(first + 3), contentType(row, first + 6),
                bytes(row, first + 7), bytes(row, first + 9), tags(row, first + 11));
        return new RecordedEvent(row.getString(first + 1), row.getLong(first + 2), row.getLong(first),
                time(row, first + 5), event);
    }

    static UUID uuid(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        if (bytes.length != 2 * Long.BYTES) {
            return row.getObject(column, UUID.class);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes.length == Long.BYTES
                ? time(ByteBuffer.wrap(bytes).getLong() + FROM_1970_TO_2000)
                : row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Instant time(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    private static String contentType(ResultSet row, int column) throws SQLException {
        return Arrays.equals(row.getBytes(column), JSON) ? Event.JSON : row.getString(column);
    }

    private static Bytes bytes(ResultSet row, int column) throws SQLException {
        byte[] json = row.getBytes(column);
        if (json != null) {
            return Bytes.wrap(json);
        }
        byte[] bytes = row.getBytes(column + 1);
        return bytes == null ? Bytes.empty() : Bytes.wrap(bytes);
    }

    private static Set<String> tags(ResultSet row, int column) throws SQLException {
        return row.getBytes(column) == null
                ? Set.of()
                : Set.copyOf(List.of((String[]) row.getArray(column).getArray()));
    }
}
