package letopis.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** MySQL: {@code mysqld} from the PATH, or else Debian's, unpacked beside what is installed; a commit is forced to disk. */
public final class MysqlServer extends LocalServer {
    private final List<String> program;
    private final Map<String, String> settings;

    private MysqlServer(Path directory, boolean kept, List<String> program, Map<String, String> settings) {
        super(directory, kept);
        this.program = program;
        this.settings = new TreeMap<>(settings);
    }

    /** Starts a server with MySQL's own settings. */
    public static MysqlServer launch() {
        return launch(Map.of());
    }

    /**
     * Starts a server.
     *
     * @param settings as on the command line, without the dashes
     * @return the server, which answers
     */
    public static MysqlServer launch(Map<String, String> settings) {
        return started(new MysqlServer(Programs.temporary("mysql"), false, program(), settings));
    }

    /**
     * Starts a server with its files in a directory of the caller's, which is deleted when the server is closed.
     *
     * @param directory where; it is not there yet
     * @return the server, which answers
     */
    public static MysqlServer launchIn(Path directory) {
        return started(new MysqlServer(directory, false, program(), Map.of()));
    }

    /**
     * Starts a server on a directory that stays when the server is closed.
     *
     * @param directory empty, or left behind by such a server
     * @param settings  as on the command line, without the dashes
     * @return the server, which answers
     */
    public static MysqlServer launchOn(Path directory, Map<String, String> settings) {
        return started(new MysqlServer(directory, true, program(), settings));
    }

    private static MysqlServer started(MysqlServer server) {
        try {
            if (!Files.exists(server.data())) {
                Programs.run(server.with("--initialize-insecure"));
            }
        } catch (IOException e) {
            throw new ServerUnavailableException("MySQL could not be set up", e);
        }
        server.start();
        return server;
    }

    private static List<String> program() {
        if (Programs.onPath("mysqld")) {
            return List.of("mysqld", "--no-defaults");
        }
        Path root = DebianPackage.unpacked("mysql-server-core");
        List<String> command = new ArrayList<>(DebianPackage.command(root, "usr/sbin/mysqld"));
        command.addAll(List.of("--no-defaults", "--basedir=" + root.resolve("usr"),
                "--lc-messages-dir=" + root.resolve("usr/share/mysql")));
        return command;
    }

    @Override
    public String jdbcUrl() {
        return jdbcUrl("mysql");
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + database
                + "?user=root&sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }

    @Override
    List<String> command() {
        List<String> command = with("--bind-address=127.0.0.1", "--port=" + port, "--mysqlx=OFF",
                "--secure-file-priv=NULL", "--socket=" + directory.resolve("s"), "--innodb-flush-log-at-trx-commit=1",
                "--sync-binlog=1");
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    private List<String> with(String... arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("--user=" + System.getProperty("user.name"), "--datadir=" + data(),
                "--tmpdir=" + temporary()));
        command.addAll(List.of(arguments));
        return command;
    }
}
