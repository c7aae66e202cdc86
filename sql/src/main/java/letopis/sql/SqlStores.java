package letopis.sql;

import java.util.List;

import javax.sql.DataSource;

import letopis.sql.dialect.Dialect;

/** Opens stores with a dialect; for the modules of the databases. Users open a store with these. */
public final class SqlStores {
    private SqlStores() {}

    /** Opens a store, and makes its schema if there is none and the options say so. */
    public static SqlEventStore open(DataSource source, Dialect dialect, SqlOptions options) {
        return SqlEventStore.open(source, dialect, options, false);
    }

    /** Opens a store that is there, and writes nothing. */
    public static SqlEventStore openReadOnly(DataSource source, Dialect dialect, SqlOptions options) {
        return SqlEventStore.open(source, dialect, options, true);
    }

    /** The statements that make the schema, in their order. */
    public static List<String> schema(Dialect dialect) {
        return SchemaVersion.statements(dialect);
    }
}
