package letopis.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

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
            migrate(connection);
            version = version(connection);
        }
        if (version == 0) {
            throw new StoreUnusableException(Reason.NOT_FOUND, name(), "there is no store; open it with migration, or"
                    + " apply the schema that `letopis schema` prints");
        }
        if (version < newest) {
            throw new StoreUnusableException(Reason.NOT_FOUND, name(), "its schema has version " + version
                    + ", and this Letopis needs " + newest
                    + "; open it with migration, or apply what `letopis schema` prints");
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

    /** Does all that is missing in one transaction, where the database can; with a lock that a pooler does not lose. */
    private void migrate(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            dialect.lockMigrations(connection);
            try {
                for (Migration migration : dialect.migrations()) {
                    if (migration.version() > version(connection)) {
                        for (String sql : migration.statements()) {
                            statement.execute(sql);
                        }
                        statement.execute(note(migration));
                    }
                }
                connection.commit();
            } finally {
                dialect.unlockMigrations(connection);
            }
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private String note(Migration migration) {
        return "insert into " + tables.migration() + " (version, description, applied) values (" + migration.version()
                + ", '" + migration.description() + "', current_timestamp)";
    }

    /** The whole schema, for those whose database is changed by somebody else. */
    static List<String> statements(Dialect dialect) {
        SchemaVersion schema = new SchemaVersion(dialect);
        List<String> statements = new ArrayList<>();
        for (Migration migration : dialect.migrations()) {
            statements.addAll(migration.statements());
            statements.add(schema.note(migration));
        }
        return statements;
    }
}
