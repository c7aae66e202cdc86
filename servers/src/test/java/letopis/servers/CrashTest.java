package letopis.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each server keeps what was committed when it is killed, and starts again where it was. */
class CrashTest {
    @Test
    void postgresKeepsWhatWasCommitted() throws SQLException {
        try (PostgresServer server = PostgresServer.launch()) {
            assertThat(number(server.jdbcUrl(),
                    "SELECT count(*) FROM pg_settings WHERE name = 'fsync' AND setting = 'on'"))
                    .isEqualTo(1);
            keepsWhatWasCommitted(server);
        }
    }

    @Test
    void mysqlKeepsWhatWasCommitted() throws SQLException {
        try (MysqlServer server = MysqlServer.launch()) {
            keepsWhatWasCommitted(server);
        }
    }

    @Test
    void mariadbKeepsWhatWasCommitted() throws SQLException {
        try (MariadbServer server = MariadbServer.launch()) {
            keepsWhatWasCommitted(server);
        }
    }

    private static void keepsWhatWasCommitted(DatabaseServer server) throws SQLException {
        String url = server.createDatabase();
        assertThat(server.createDatabase()).isNotEqualTo(url);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (n int)");
            statement.execute("INSERT INTO t VALUES (42)");
        }
        long pid = server.pid();

        server.kill();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThatThrownBy(() -> DriverManager.getConnection(url)).isInstanceOf(SQLException.class);
        server.start();
        assertThat(server.pid()).isNotEqualTo(pid);
        assertThat(number(url, "SELECT n FROM t")).isEqualTo(42);
    }

    private static int number(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
