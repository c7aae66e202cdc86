package letopis.mysql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.RecordedEvent;

/** An event as it is in a row. */
final class MysqlRow {
    static final int COLUMNS = 10;
    private static final byte[] JSON = Event.JSON.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_TAGS = TagText.of(Set.of()).getBytes(StandardCharsets.US_ASCII);
    private static final long PER_SECOND = 1_000_000;

    private MysqlRow() {}

    static String columns(String alias) {
        return ("%1$s.position, %1$s.stream, %1$s.revision, %1$s.type, %1$s.id, %1$s.recorded_micros,"
                + " %1$s.content_type, %1$s.data, %1$s.metadata, %1$s.tags").formatted(alias);
    }

    /**
     * Reads the columns in their order: for one that lies before the last, MySQL's driver goes through the row from its start.
     * What most events have is not made into a text anew, if it comes in the bytes that are usual.
     */
    static RecordedEvent event(ResultSet row, int first) throws SQLException {
        long position = row.getLong(first);
        String stream = row.getString(first + 1);
        long revision = row.getLong(first + 2);
        String type = row.getString(first + 3);
        UUID id = uuid(row, first + 4);
        Instant time = time(row.getLong(first + 5));
        String contentType = has(row, first + 6, JSON) ? Event.JSON : row.getString(first + 6);
        Bytes data = bytes(row, first + 7);
        Bytes metadata = bytes(row, first + 8);
        Set<String> tags = has(row, first + 9, NO_TAGS) ? Set.of() : TagText.tags(row.getString(first + 9));
        return new RecordedEvent(stream, revision, position, time,
                new Event(id, type, contentType, data, metadata, tags));
    }

    private static boolean has(ResultSet row, int column, byte[] bytes) throws SQLException {
        return Arrays.equals(row.getBytes(column), bytes);
    }

    private static Bytes bytes(ResultSet row, int column) throws SQLException {
        return Bytes.wrap(row.getBytes(column));
    }

    static UUID uuid(ResultSet row, int column) throws SQLException {
        ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(column));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    static Instant time(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000);
    }

    /** The inverse of what a row is read with; the time is one that came from such a number. */
    static long micros(Instant time) {
        return time.getEpochSecond() * PER_SECOND + time.getNano() / 1_000;
    }
}
