package letopis.sql.trial;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** Another process that appends; closed, it is gone, and so is what it printed. */
public final class WriterProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private WriterProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static WriterProcess start(Class<?> opener, String url, String schema, int appends) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path log = Files.createTempFile("letopis-writer", ".log");
        Process process = new ProcessBuilder(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                WriterProcess.class.getName(), opener.getName(), url, schema, Integer.toString(appends))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new WriterProcess(process, log);
    }

    /** Waits until it has appended all. */
    void awaitSuccess() throws IOException, InterruptedException {
        int code = process.waitFor();
        assertThat(code).as("exit code of the other process, which said%n%s", Files.readString(log)).isZero();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(log);
    }

    /** Opens the store, appends so many events, and ends. */
    public static void main(String[] arguments) throws Exception {
        SqlOptions options = SqlOptions.DEFAULT.withSchema(arguments[2]);
        Method open = Class.forName(arguments[0]).getMethod("open", DataSource.class, SqlOptions.class);
        try (HikariDataSource pool = SqlTrial.pool(arguments[1], 4);
                SqlEventStore store = (SqlEventStore) open.invoke(null, pool, options)) {
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                store.append(SqlTrial.append("other-" + i % 5));
            }
        }
    }
}
