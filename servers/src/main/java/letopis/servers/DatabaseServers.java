package letopis.servers;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One server of each kind for a whole test run, started when first asked for and stopped with the JVM. Each test makes a
 * database of its own in it: {@link DatabaseServer#createDatabase()}.
 *
 * <p>{@code LETOPIS_TEST_POSTGRES}, {@code LETOPIS_TEST_PGBOUNCER}, {@code LETOPIS_TEST_MYSQL} and {@code LETOPIS_TEST_MARIADB}
 * give the JDBC URL, with user and password, of a server that is used instead.
 */
public final class DatabaseServers {
    private static final Map<String, DatabaseServer> SERVERS = new HashMap<>();

    private DatabaseServers() {}

    /** PostgreSQL. */
    public static DatabaseServer postgres() {
        return shared("LETOPIS_TEST_POSTGRES", PostgresServer::launch);
    }

    /** PgBouncer in transaction mode, and PostgreSQL behind it. */
    public static DatabaseServer pgbouncer() {
        return shared("LETOPIS_TEST_PGBOUNCER", PgbouncerServer::launch);
    }

    /** MySQL. */
    public static DatabaseServer mysql() {
        return shared("LETOPIS_TEST_MYSQL", MysqlServer::launch);
    }

    /** MariaDB. */
    public static DatabaseServer mariadb() {
        return shared("LETOPIS_TEST_MARIADB", MariadbServer::launch);
    }

    private static synchronized DatabaseServer shared(String variable, Supplier<? extends DatabaseServer> start) {
        return SERVERS.computeIfAbsent(variable,
                name -> Optional.ofNullable(System.getenv(name))
                        .map(url -> given(name, url))
                        .orElseGet(() -> started(name, start)));
    }

    static DatabaseServer given(String variable, String url) {
        DatabaseServer server = new GivenServer(url);
        try {
            server.version();
            return server;
        } catch (IllegalStateException e) {
            throw new ServerUnavailableException(variable
                    + " names a server that cannot be used; give its JDBC URL with user and password, or none to have one started",
                    e);
        }
    }

    static DatabaseServer started(String variable, Supplier<? extends DatabaseServer> start) {
        try {
            DatabaseServer server = start.get();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (ServerUnavailableException e) {
            throw new ServerUnavailableException(
                    "no server could be started here; give the JDBC URL of one, with user and"
                            + " password, in the environment variable " + variable,
                    e);
        }
    }
}
