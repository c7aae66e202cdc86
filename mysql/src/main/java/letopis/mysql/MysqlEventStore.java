package letopis.mysql;

import java.util.List;

import javax.sql.DataSource;

import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.sql.SqlStores;
import letopis.store.Limits;
import letopis.store.StoreUnusableException;

/**
 * Opens event stores on MySQL, 8.0.17 or newer, and MariaDB, 10.6 or newer. Which of them it is, is found out from the connection.
 *
 * <pre>{@code
 * try (SqlEventStore store = MysqlEventStore.open(dataSource)) { … }
 * }</pre>
 *
 * <p>The tables are in the database of the connection, and their names begin with the schema's: {@code letopis_event}. The view
 * {@code letopis_event_text} shows the events as text, with data as JSON.
 *
 * <p>The data source should be a pool, with a driver that the application chooses. The store holds one connection while it writes; each
 * other call borrows one for a moment. So it needs at least two. Any isolation will do but READ UNCOMMITTED, which shows events that may never be.
 * Other processes' events are looked for: the servers do not push.
 */
public final class MysqlEventStore {
    private MysqlEventStore() {}

    /**
     * Opens the store of which the tables are named {@code letopis_…}, and makes it if there is none.
     *
     * @throws StoreUnusableException if it cannot be opened
     */
    public static SqlEventStore open(DataSource source) {
        return open(source, SqlOptions.DEFAULT);
    }

    /**
     * Opens a store.
     *
     * @throws StoreUnusableException   if it cannot be opened
     * @throws IllegalArgumentException if the limits are larger than the tables, or than what the server takes
     */
    public static SqlEventStore open(DataSource source, SqlOptions options) {
        return SqlStores.open(source, dialect(options), options);
    }

    /**
     * Opens a store that is there, and writes nothing to it. The data source may be that of a replica.
     *
     * @throws StoreUnusableException if it cannot be opened
     */
    public static SqlEventStore openReadOnly(DataSource source, SqlOptions options) {
        return SqlStores.openReadOnly(source, dialect(options), options);
    }

    /** The statements that make a store with this prefix, for those whose database is changed by somebody else. */
    public static List<String> schema(String prefix, MysqlServer server) {
        return SqlStores.schema(new MysqlDialect(server, prefix, Limits.DEFAULT));
    }

    /** Until the server has said what it is. */
    private static MysqlDialect dialect(SqlOptions options) {
        return new MysqlDialect(MysqlServer.MYSQL, options.schema(), options.limits());
    }
}
