package letopis.cli.opening;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.StoreAddress.Database;
import letopis.cli.opening.StoreAddress.Directory;
import letopis.cli.opening.StoreAddress.Product;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.StepProgress;
import letopis.cli.terminal.Terminal;
import letopis.engine.EmbeddedEventStore;
import letopis.engine.EngineOptions;
import letopis.mysql.MysqlEventStore;
import letopis.mysql.MysqlServer;
import letopis.postgres.PostgresEventStore;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;

/** Opens the store at an address. */
public final class StoreOpening {
    /** One writes, one listens, and readers borrow the others for a moment each. */
    private static final int MAX_CONNECTIONS = 6;
    /** The environment variable with the password. */
    private static final String PASSWORD = "LETOPIS_PASSWORD";

    private StoreOpening() {}

    /** Opens a store for reading, also beside a process that writes to it. */
    public static OpenedStore readOnly(StoreAddress address, Terminal terminal) {
        return switch (address) {
            case Directory it -> new OpenedStore.Embedded(it, embeddedReadOnly(it.path(), terminal));
            case Database it -> open(it, true);
        };
    }

    /** Opens a store in a directory for reading; shows how far it is, if its index must be made anew. */
    public static EmbeddedEventStore embeddedReadOnly(Path directory, Terminal terminal) {
        return embedded(directory, EngineOptions.DEFAULT, EmbeddedEventStore::openReadOnly, terminal);
    }

    /** The same for writing. */
    public static EmbeddedEventStore embedded(Path directory, EngineOptions options, Terminal terminal) {
        return embedded(directory, options, EmbeddedEventStore::open, terminal);
    }

    private static EmbeddedEventStore embedded(Path directory, EngineOptions options,
            BiFunction<Path, EngineOptions, EmbeddedEventStore> how, Terminal terminal) {
        try (StepProgress progress = new StepProgress(terminal,
                "indexing the events of " + directory + " anew", Figures::count)) {
            return how.apply(directory, options.withOpeningProgress(progress::at));
        }
    }

    /** Opens a store in a database for reading. */
    public static InDatabase readOnly(Database address) {
        return open(address, true);
    }

    /** Opens a store for writing; makes one where there is none, and says so. */
    public static OpenedStore forWriting(StoreAddress address, Terminal terminal) {
        return switch (address) {
            case Directory it -> openForWriting(it, terminal);
            case Database it -> open(it, false);
        };
    }

    /**
     * The statements that make a store in such a database.
     *
     * @param partitionEvents how many events each partition has, if there are to be any; on PostgreSQL
     */
    public static List<String> schema(Product product, String schema, Optional<Long> partitionEvents) {
        return switch (product) {
            case POSTGRESQL -> partitionEvents.map(it -> PostgresEventStore.schema(schema, it))
                    .orElseGet(() -> PostgresEventStore.schema(schema));
            case MYSQL -> MysqlEventStore.schema(schema, MysqlServer.MYSQL);
            case MARIADB -> MysqlEventStore.schema(schema, MysqlServer.MARIADB);
        };
    }

    private static OpenedStore openForWriting(Directory directory, Terminal terminal) {
        boolean fresh = !Files.exists(directory.path());
        EmbeddedEventStore store = embedded(directory.path(), EngineOptions.DEFAULT, terminal);
        if (fresh) {
            terminal.say("made a new store in " + directory);
        }
        store.tornTail()
                .ifPresent(tail -> terminal.say(tail.lost() > 0
                        ? directory + ": " + tail.what()
                        : directory + ": an unfinished block of " + tail.bytes()
                                + " bytes was cut off the end (" + tail.file() + " at " + tail.offset()
                                + "): the process that wrote it ended before"
                                + " it was done; nothing that was acknowledged is lost"));
        return new OpenedStore.Embedded(directory, store);
    }

    private static InDatabase open(Database address, boolean readOnly) {
        HikariDataSource pool = pool(address);
        boolean opened = false;
        try {
            SqlOptions options = SqlOptions.DEFAULT.withSchema(address.schema());
            SqlEventStore store = switch (address.product()) {
                case POSTGRESQL -> readOnly
                        ? PostgresEventStore.openReadOnly(pool, options)
                        : PostgresEventStore.open(pool, options);
                case MYSQL, MARIADB -> readOnly
                        ? MysqlEventStore.openReadOnly(pool, options)
                        : MysqlEventStore.open(pool, options);
            };
            opened = true;
            return new InDatabase(address, store, pool);
        } finally {
            if (!opened) {
                pool.close();
            }
        }
    }

    private static HikariDataSource pool(Database address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.jdbc());
        address.user().ifPresent(config::setUsername);
        address.password().or(() -> Optional.ofNullable(System.getenv(PASSWORD))).ifPresent(config::setPassword);
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setPoolName("letopis");
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw refused(address, e);
        }
    }

    private static Failure refused(Database address, PoolInitializationException refusal) {
        Throwable why = refusal.getCause() == null ? refusal : refusal.getCause();
        String state = why instanceof SQLException it && it.getSQLState() != null ? it.getSQLState() : "";
        String what = address + " cannot be opened: " + why.getMessage();
        if (state.startsWith("28")) {
            return new Failure(ExitCode.NO_PERMISSION, what,
                    "give user and password in the address, or the password in " + PASSWORD, refusal);
        }
        if (state.equals("3D000") || state.equals("42000")) {
            return new Failure(ExitCode.NOT_FOUND, what, "name a database that exists; Letopis makes its tables, and no"
                    + " database", refusal);
        }
        return new Failure(ExitCode.FAILED, what, "see whether the server runs, and is reached from here", refusal);
    }
}
