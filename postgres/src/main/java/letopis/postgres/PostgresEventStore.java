package letopis.postgres;

import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.sql.SqlStores;
import letopis.store.StoreUnusableException;

/**
 * Opens event stores on PostgreSQL, 13 or newer.
 *
 * <pre>{@code
 * try (SqlEventStore store = PostgresEventStore.open(dataSource)) { … }
 * }</pre>
 *
 * <p>The data source should be a pool. The store holds one connection while it writes and, unless it is opened
 * {@link SqlOptions#withoutPush() without push}, one to listen; each other call borrows one for a moment. So it needs at least
 * three, or two without push: with fewer, reads wait for a pause in the writing.
 */
public final class PostgresEventStore {
    private PostgresEventStore() {}

    /**
     * Opens the store in the schema {@code letopis}, and makes it if there is none.
     *
     * @throws StoreUnusableException if it cannot be opened
     */
    public static SqlEventStore open(DataSource source) {
        return open(source, SqlOptions.DEFAULT);
    }

    /**
     * Opens a store.
     *
     * @throws StoreUnusableException if it cannot be opened
     */
    public static SqlEventStore open(DataSource source, SqlOptions options) {
        return SqlStores.open(source, new PostgresDialect(options.schema()), options);
    }

    /**
     * Opens a store, and if there is none makes one whose table of events has partitions of so many positions each, so that old ones can be
     * moved to another tablespace, and be kept up by themselves. A store that is there stays as it was made, and is also opened by
     * the other methods. Partitions are made ahead by the store; that needs the rights of the owner of the tables.
     *
     * @param partitionEvents so many that there will be dozens of partitions rather than thousands, since a stream is looked for in
     *                        each
     * @throws StoreUnusableException if it cannot be opened
     */
    public static SqlEventStore openPartitioned(DataSource source, SqlOptions options, long partitionEvents) {
        return SqlStores.open(source, new PostgresDialect(options.schema(), Optional.of(partitionEvents)), options);
    }

    /**
     * Opens a store that is there, and writes nothing to it. The data source may be that of a replica.
     *
     * @throws StoreUnusableException if it cannot be opened
     */
    public static SqlEventStore openReadOnly(DataSource source, SqlOptions options) {
        return SqlStores.openReadOnly(source, new PostgresDialect(options.schema()), options);
    }

    /** The statements that make a store in a schema of this name, for those whose database is changed by somebody else. */
    public static List<String> schema(String name) {
        return SqlStores.schema(new PostgresDialect(name));
    }

    /** The same for a store that {@link #openPartitioned} would make. */
    public static List<String> schema(String name, long partitionEvents) {
        return SqlStores.schema(new PostgresDialect(name, Optional.of(partitionEvents)));
    }
}
