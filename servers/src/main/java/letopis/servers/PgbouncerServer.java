package letopis.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * PgBouncer in transaction mode before a PostgreSQL of its own: each transaction goes to whichever of a few connections to
 * the server is free, in turn, so that nothing lasts that was said of a session.
 *
 * <p>The program is the one on the PATH, or else Debian's, unpacked beside what is installed.
 */
public final class PgbouncerServer extends LocalServer {
    private final List<String> program;
    private final PostgresServer postgres;
    private final boolean databaseDies;

    private PgbouncerServer(List<String> program, PostgresServer postgres, boolean databaseDies) {
        super(Programs.temporary("pgbouncer"), false);
        this.program = program;
        this.postgres = postgres;
        this.databaseDies = databaseDies;
    }

    /** Starts a pooler that can be killed, and a database behind it. */
    public static PgbouncerServer launch() {
        return launch(false, Map.of());
    }

    /**
     * Starts the same.
     *
     * @param settings as in {@code pgbouncer.ini}; they replace those that are set otherwise
     * @return the server, which answers
     */
    public static PgbouncerServer launch(Map<String, String> settings) {
        return launch(false, settings);
    }

    /** Starts the same, where it is the database behind that {@link #kill()} kills and {@link #start()} starts again. */
    public static PgbouncerServer launchBeforeMortalDatabase() {
        return launch(true, Map.of());
    }

    private static PgbouncerServer launch(boolean databaseDies, Map<String, String> settings) {
        List<String> program = program();
        PgbouncerServer server = new PgbouncerServer(program, PostgresServer.launch(), databaseDies);
        server.configure(settings);
        server.startPooler();
        return server;
    }

    private void configure(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(Map.of("listen_addr", "127.0.0.1", "listen_port",
                Integer.toString(port), "unix_socket_dir", "", "auth_type", "any", "pool_mode", "transaction",
                "default_pool_size", "8", "server_round_robin", "1", "max_client_conn", "500", "server_login_retry",
                "1", "ignore_startup_parameters", "extra_float_digits"));
        all.putAll(settings);
        List<String> lines = new ArrayList<>(List.of("[databases]",
                "* = host=127.0.0.1 port=" + postgres.port + " user=postgres", "[pgbouncer]"));
        all.forEach((name, value) -> lines.add(name + " = " + value));
        try {
            Files.write(configuration(), lines);
        } catch (IOException e) {
            throw new ServerUnavailableException("PgBouncer could not be set up", e);
        }
    }

    private static List<String> program() {
        if (Programs.onPath("pgbouncer")) {
            return List.of("pgbouncer");
        }
        return DebianPackage.command(DebianPackage.unpacked("pgbouncer"), "usr/sbin/pgbouncer");
    }

    private Path configuration() {
        return directory.resolve("pgbouncer.ini");
    }

    /** The database behind it, for what is to go there directly. */
    public DatabaseServer postgres() {
        return postgres;
    }

    private synchronized void startPooler() {
        super.start();
    }

    @Override
    public synchronized void kill() {
        if (databaseDies) {
            postgres.kill();
        } else {
            super.kill();
        }
    }

    @Override
    public synchronized void start() {
        if (databaseDies) {
            postgres.start();
        } else {
            super.start();
        }
    }

    @Override
    public synchronized void restart() {
        if (databaseDies) {
            postgres.restart();
        } else {
            super.restart();
        }
    }

    @Override
    public synchronized void close() {
        super.close();
        postgres.close();
    }

    @Override
    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres&password=postgres";
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(Programs.notAsRoot(program));
        command.add(configuration().toString());
        return command;
    }
}
