package letopis.benchmarks.contender;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What differs between databases for {@link TableContender}. */
enum Table {
    /** PostgreSQL. */
    POSTGRES("""
            create table if not exists events(position bigserial primary key, stream text not null,
            revision bigint not null, id uuid not null, type text not null,
            time timestamptz not null default clock_timestamp(), data bytea not null, metadata bytea not null,
            unique(stream, revision))""", 10_000, List.of("vacuum analyze events", "checkpoint")) {
        @Override
        boolean isTaken(SQLException e) {
            return "23505".equals(e.getSQLState());
        }

        @Override
        void setId(PreparedStatement statement, int parameter, UUID id) throws SQLException {
            statement.setObject(parameter, id);
        }

        @Override
        Object id(ResultSet row, int column) throws SQLException {
            return row.getObject(column);
        }
    },
    /** MySQL. Rows are read as they arrive; there they are not fetched in portions unless the server keeps a copy of them. */
    MYSQL("""
            create table if not exists events(position bigint auto_increment primary key, stream varchar(250) not null,
            revision bigint not null, id binary(16) not null, type varchar(250) not null,
            time timestamp(6) not null default current_timestamp(6), data blob not null, metadata blob not null,
            unique(stream, revision)) default character set utf8mb4 collate utf8mb4_0900_bin""", Integer.MIN_VALUE,
            List.of("analyze table events")) {
        @Override
        boolean isTaken(SQLException e) {
            return e.getErrorCode() == 1062;
        }

        @Override
        void setId(PreparedStatement statement, int parameter, UUID id) throws SQLException {
            statement.setBytes(parameter, ByteBuffer.allocate(Long.BYTES * 2)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array());
        }

        @Override
        Object id(ResultSet row, int column) throws SQLException {
            ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(column));
            return new UUID(bytes.getLong(), bytes.getLong());
        }
    };

    final String create;
    final int fetchSize;
    @SuppressWarnings("ImmutableEnumChecker") // it is one of List.of
    final List<String> afterFilling;

    Table(String create, int fetchSize, List<String> afterFilling) {
        this.create = create;
        this.fetchSize = fetchSize;
        this.afterFilling = afterFilling;
    }

    /** Whether an error says that the stream has an event of this revision. */
    abstract boolean isTaken(SQLException e);

    abstract void setId(PreparedStatement statement, int parameter, UUID id) throws SQLException;

    abstract Object id(ResultSet row, int column) throws SQLException;
}
