package letopis.sql.dialect;

import java.sql.SQLException;
import java.time.Duration;

/** News of other processes' appends, pushed by the database. For one thread. */
public interface Wakeups extends AutoCloseable {
    /** Waits for news, at most so long. May return without any. */
    void await(Duration atMost) throws SQLException;

    @Override
    void close() throws SQLException;
}
