package letopis.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import letopis.sql.trial.DeadlockContract;

class PostgresDeadlockTest implements PostgresTrial, DeadlockContract {
    @Override
    public String impatient(String url) {
        return url; // the store itself bounds each wait by 5 s
    }

    @Override
    public void looksLast(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local deadlock_timeout = '1min'");
        }
    }
}
