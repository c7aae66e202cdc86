package letopis.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

import letopis.sql.dialect.Dialect;
import letopis.sql.dialect.Migration;
import letopis.sql.dialect.Tables;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;

/**
 * Brings the schema to the newest version, forward only, one process at a time; or tells what is to be done by somebody who
 * may.
 */
final class SchemaVersion {
    private final Dialect dialect;
    private final Tables tables;

    SchemaVersion(Dialect dialect) {
        this.dialect = dialect;
        this.tables = dialect.tables();
    }

    /** Makes sure that the schema is the one that this version of Letopis works with. */
    void ensure(Connection connection, boolean migrate) throws SQLException {
        int newest = dialect.migrations().getLast().version();
        int version = version(connection);
        if (version < newest && migrate && !dialect.isReadOnly(connection)) {
            dialect.lockMigrations(connection);
            try {
                for (Migration migration : dialect.migrations()) {
                    if (migration.version() > version(connection)) {
                        apply(connection, migration);
                    }
                }
            } finally {
                dialect.unlockMigrations(connection);
            }
            version = version(connection);
        }
        if (version == 0) {
            throw new StoreUnusableException(Reason.NOT_FOUND, name(), "there is no store; open it with migration, or"
                    + " apply the schema that `letopis schema` prints");
        }
        if (version < newest) {
            throw new StoreUnusableException(Reason.NOT_FOUND, name(), "its schema has version " + version
                    + ", and this Letopis needs " + newest + "; open it with migration, or apply what `letopis schema` prints");
        }
        if (version > newest) {
            throw new StoreUnusableException(Reason.NEWER_FORMAT, name(), "its schema has version " + version
                    + ", and this Letopis knows up to " + newest + "; use a newer one");
        }
    }

    private String name() {
        return dialect.product() + " store " + tables.store();
    }

    private int version(Connection connection) throws SQLException {
        if (!dialect.exists(connection, tables.migration())) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(max(version), 0) from " + tables.migration())) {
            row.next();
            return row.getInt(1);
        }
    }

    private void apply(Connection connection, Migration migration) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : migration.statements()) {
                statement.execute(sql);
            }
            if (migration.version() == 1) {
                nameStore(connection);
            }
            try (PreparedStatement insert = connection.prepareStatement("insert into " + tables.migration()
                    + " (version, description, applied) values (?, ?, current_timestamp)")) {
                insert.setInt(1, migration.version());
                insert.setString(2, migration.description());
                insert.executeUpdate();
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Unless it was named before: where a change of the schema commits by itself, all of it may have to be done again. */
    private void nameStore(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + tables.store())) {
            row.next();
            if (row.getInt(1) > 0) {
                return;
            }
        }
        try (PreparedStatement insert = connection
                .prepareStatement("insert into " + tables.store() + " (one, id, forgets) values (1, ?, 0)")) {
            dialect.setUuid(insert, 1, UUID.randomUUID());
            insert.executeUpdate();
        }
    }

    /** The whole schema, for those whose database is changed by somebody else. */
    static List<String> statements(Dialect dialect) {
        return dialect.migrations().stream().flatMap(it -> it.statements().stream()).toList();
    }
}
