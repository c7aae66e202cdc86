package letopis.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * PostgreSQL, from the binaries on the class path; forces to disk unless the settings say {@code fsync=off}.
 */
public final class PostgresServer extends LocalServer {
    private final Path programs;
    private final Map<String, String> settings;

    private PostgresServer(Path directory, Path programs, Map<String, String> settings) {
        super(directory, false);
        this.programs = programs;
        this.settings = new TreeMap<>(settings);
    }

    /** Starts a server with PostgreSQL's own settings. */
    public static PostgresServer launch() {
        return launch(Map.of());
    }

    /**
     * Starts a server.
     *
     * @param settings as in {@code postgresql.conf}
     * @return the server, which answers
     */
    public static PostgresServer launch(Map<String, String> settings) {
        return launch(Programs.temporary("postgres"), settings);
    }

    /**
     * Starts a server with its files in a directory of the caller's, which is deleted when the server is closed.
     *
     * @param directory where; it is not there yet
     * @return the server, which answers
     */
    public static PostgresServer launchIn(Path directory) {
        return launch(directory, Map.of());
    }

    private static PostgresServer launch(Path directory, Map<String, String> settings) {
        Path programs = Programs.once("postgres-18.6", folder -> {
            Path archive = folder.resolve("archive.txz");
            Programs.copyResource("postgres-linux-x86_64.txz", archive);
            Programs.run(List.of("tar", "-xJf", archive.toString(), "-C", folder.toString()));
            return "";
        });
        PostgresServer server = new PostgresServer(directory, programs, settings);
        try {
            Programs.run(server.notAsRoot("initdb", "-D", server.data().toString(), "-U", "postgres", "-A", "trust",
                    "-E", "UTF8", "--locale=C", "--no-sync"));
        } catch (IOException e) {
            throw new ServerUnavailableException("PostgreSQL could not be set up", e);
        }
        server.start();
        return server;
    }

    /**
     * Starts a replica that follows this server, from a copy of its data, and takes reads. This server is restarted for it.
     *
     * @return the replica, which answers
     */
    public PostgresServer launchReplica() {
        Map<String, String> following = new TreeMap<>(settings);
        following.put("primary_conninfo", "host=127.0.0.1 port=" + port + " user=postgres");
        PostgresServer replica = new PostgresServer(Programs.temporary("replica"), programs, following);
        whileStopped(() -> {
            try {
                Programs.run(List.of("cp", "-a", data().toString(), replica.data().toString()));
                Files.deleteIfExists(replica.data().resolve("postmaster.pid"));
                Files.createFile(replica.data().resolve("standby.signal"));
            } catch (IOException e) {
                throw new ServerUnavailableException("the data of PostgreSQL could not be copied", e);
            }
        });
        replica.start();
        return replica;
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
        List<String> command = new ArrayList<>(notAsRoot("postgres", "-D", data().toString(), "-p",
                Integer.toString(port), "-c", "listen_addresses=127.0.0.1", "-c",
                "unix_socket_directories=" + directory));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private List<String> notAsRoot(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(programs.resolve("bin").resolve(program).toString()));
        command.addAll(List.of(arguments));
        return Programs.notAsRoot(command);
    }
}
