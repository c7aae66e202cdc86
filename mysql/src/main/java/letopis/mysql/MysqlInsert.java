package letopis.mysql;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import letopis.sql.dialect.Tables;
import letopis.sql.dialect.Trouble;
import letopis.store.Event;
import letopis.store.RecordedEvent;

/**
 * Writes many events with one statement, as long as it fits a packet.
 *
 * <p>At the head, the first event's position is the answer to a question for the turn, which locks its row: the position where the
 * number of forgets is still the known one, and the head's own where it is not, which is a key that is there. So one statement takes the turn,
 * confirms what was decided on, and writes; it needs nothing that a driver may or may not allow.
 */
final class MysqlInsert {
    /** A statement may be twice as long, where every byte is escaped; MariaDB takes 16 MiB by default, MySQL 64. */
    private static final long MAX_BYTES = 4 << 20;
    private static final int MAX_EVENTS = 1_000;
    private static final int MAX_TAGS = 4_000;
    private static final int EVENT_BYTES = 200;
    private static final String COLUMNS = " (position, stream, revision, category, type, id, recorded_micros, content_type, data,"
            + " data_readable, metadata, metadata_readable, tags) values ";
    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final Pattern TAKEN_POSITION = Pattern.compile("for key '([^']*\\.)?PRIMARY'\\s*$");

    private final String events;
    private final String rowAtHead;
    private final String tags;

    MysqlInsert(Tables tables) {
        events = "insert into " + tables.event() + COLUMNS;
        rowAtHead = ROW.replaceFirst("\\?", "(select case when forgets = ? then ? else ? end from " + tables.store()
                + " where one = 1 for update nowait)");
        tags = "insert into " + tables.eventTag() + " (tag, position) values ";
    }

    private record Tagged(String tag, long position) {}

    /** What the first statement confirms. */
    private record Head(long position, long forgets) {}

    void insert(Connection connection, List<RecordedEvent> all) throws SQLException {
        write(connection, portions(all), Optional.empty(), tagged(all));
    }

    /**
     * The same in a transaction of its own, if the turn is free, and head and forgets are these.
     *
     * @return whether it was written; if not, nothing was
     */
    boolean atHead(Connection connection, long head, long forgets, List<RecordedEvent> all) throws SQLException {
        List<List<RecordedEvent>> portions = portions(all);
        List<Tagged> tagged = tagged(all);
        boolean byItself = portions.size() == 1 && tagged.isEmpty();
        try {
            if (!byItself) {
                connection.setAutoCommit(false);
            }
            write(connection, portions, Optional.of(new Head(head, forgets)), tagged);
            if (!byItself) {
                connection.commit();
                connection.setAutoCommit(true);
            }
            return true;
        } catch (SQLException e) {
            if (!isOtherHead(e)) {
                throw e;
            }
            if (!byItself) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return false;
        }
    }

    /** Whether somebody has the turn, or wrote since; a key that is there for another reason is a retry perhaps. */
    private static boolean isOtherHead(SQLException e) {
        Trouble trouble = MysqlErrors.trouble(e);
        return trouble == Trouble.TURN_TAKEN
                || (trouble == Trouble.DUPLICATE && TAKEN_POSITION.matcher(String.valueOf(e.getMessage())).find());
    }

    private void write(Connection connection, List<List<RecordedEvent>> portions, Optional<Head> head,
            List<Tagged> tagged) throws SQLException {
        Optional<Head> confirmed = head;
        for (List<RecordedEvent> some : portions) {
            events(connection, some, confirmed);
            confirmed = Optional.empty();
        }
        for (int i = 0; i < tagged.size(); i += MAX_TAGS) {
            tags(connection, tagged.subList(i, Math.min(i + MAX_TAGS, tagged.size())));
        }
    }

    private static List<List<RecordedEvent>> portions(List<RecordedEvent> all) {
        List<List<RecordedEvent>> portions = new ArrayList<>();
        long bytes = 0;
        int begin = 0;
        for (int i = 0; i < all.size(); i++) {
            long size = (long) EVENT_BYTES + all.get(i).data().length() + all.get(i).metadata().length();
            if (i > begin && (i - begin == MAX_EVENTS || bytes + size > MAX_BYTES)) {
                portions.add(all.subList(begin, i));
                begin = i;
                bytes = 0;
            }
            bytes += size;
        }
        portions.add(all.subList(begin, all.size()));
        return portions;
    }

    private static List<Tagged> tagged(List<RecordedEvent> all) {
        List<Tagged> tagged = new ArrayList<>();
        all.forEach(event -> event.tags().forEach(tag -> tagged.add(new Tagged(tag, event.position()))));
        return tagged;
    }

    private void events(Connection connection, List<RecordedEvent> some, Optional<Head> head) throws SQLException {
        String sql = events + (head.isEmpty()
                ? rows(ROW, some.size())
                : rowAtHead + (", " + ROW).repeat(some.size() - 1));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            if (head.isPresent()) {
                statement.setLong(parameter++, head.get().forgets());
                statement.setLong(parameter++, some.getFirst().position());
                statement.setLong(parameter++, head.get().position());
                parameter = columns(statement, parameter, some.getFirst());
            }
            for (RecordedEvent event : head.isEmpty() ? some : some.subList(1, some.size())) {
                statement.setLong(parameter++, event.position());
                parameter = columns(statement, parameter, event);
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

    /** All columns but the position. */
    private static int columns(PreparedStatement statement, int first, RecordedEvent recorded) throws SQLException {
        Event event = recorded.event();
        int p = first;
        statement.setString(p++, recorded.stream());
        statement.setLong(p++, recorded.revision());
        statement.setString(p++, recorded.category());
        statement.setString(p++, event.type());
        statement.setBytes(p++, bytes(event.id()));
        statement.setLong(p++, MysqlRow.micros(recorded.time()));
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
