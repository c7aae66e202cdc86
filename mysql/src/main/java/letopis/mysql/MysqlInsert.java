package letopis.mysql;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import letopis.sql.dialect.Tables;
import letopis.store.Event;
import letopis.store.RecordedEvent;

/** Writes many events with one statement, as long as it fits a packet. */
final class MysqlInsert {
    /** A statement may be twice as long, where every byte is escaped; MariaDB takes 16 MiB by default, MySQL 64. */
    private static final long MAX_BYTES = 4 << 20;
    private static final int MAX_EVENTS = 1_000;
    private static final int MAX_TAGS = 4_000;
    private static final int EVENT_BYTES = 200;
    private static final String COLUMNS = " (position, stream, revision, category, type, id, recorded_micros, content_type, data,"
            + " data_readable, metadata, metadata_readable, tags) values ";
    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final String events;
    private final String tags;

    MysqlInsert(Tables tables) {
        events = "insert into " + tables.event() + COLUMNS;
        tags = "insert into " + tables.eventTag() + " (tag, position) values ";
    }

    private record Tagged(String tag, long position) {}

    void insert(Connection connection, List<RecordedEvent> all) throws SQLException {
        List<RecordedEvent> some = new ArrayList<>();
        List<Tagged> tagged = new ArrayList<>();
        long bytes = 0;
        for (RecordedEvent event : all) {
            long size = (long) EVENT_BYTES + event.data().length() + event.metadata().length();
            if (!some.isEmpty() && (some.size() == MAX_EVENTS || bytes + size > MAX_BYTES)) {
                events(connection, some);
                some.clear();
                bytes = 0;
            }
            some.add(event);
            bytes += size;
            event.tags().forEach(tag -> tagged.add(new Tagged(tag, event.position())));
        }
        events(connection, some);
        for (int i = 0; i < tagged.size(); i += MAX_TAGS) {
            tags(connection, tagged.subList(i, Math.min(i + MAX_TAGS, tagged.size())));
        }
    }

    private void events(Connection connection, List<RecordedEvent> some) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(events + rows(ROW, some.size()))) {
            int parameter = 1;
            for (RecordedEvent event : some) {
                parameter = event(statement, parameter, event);
            }
            statement.executeUpdate();
        }
    }

    private void tags(Connection connection, List<Tagged> some) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(tags + rows("(?, ?)", some.size()))) {
            int parameter = 1;
            for (Tagged one : some) {
                statement.setString(parameter++, one.tag());
                statement.setLong(parameter++, one.position());
            }
            statement.executeUpdate();
        }
    }

    private static String rows(String row, int count) {
        return row + (", " + row).repeat(count - 1);
    }

    private static int event(PreparedStatement statement, int first, RecordedEvent recorded) throws SQLException {
        Event event = recorded.event();
        int p = first;
        statement.setLong(p++, recorded.position());
        statement.setString(p++, recorded.stream());
        statement.setLong(p++, recorded.revision());
        statement.setString(p++, recorded.category());
        statement.setString(p++, event.type());
        statement.setBytes(p++, bytes(event.id()));
        statement.setLong(p++, MysqlDialect.micros(recorded.time()));
        statement.setString(p++, event.contentType());
        statement.setBytes(p++, event.data().toArray());
        statement.setBoolean(p++, ReadableJson.maybe(event.data()));
        statement.setBytes(p++, event.metadata().toArray());
        statement.setBoolean(p++, ReadableJson.maybe(event.metadata()));
        statement.setString(p++, TagText.of(event.tags()));
        return p;
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
