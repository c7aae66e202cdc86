package letopis.sql.trial;

import java.io.File;
import java.lang.reflect.Method;
import java.nio.file.Path;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;

/** Another process that appends. */
public final class WriterProcess {
    private WriterProcess() {}

    static Process start(Class<?> opener, String url, String schema, int appends) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                WriterProcess.class.getName(), opener.getName(), url, schema, Integer.toString(appends))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(File.createTempFile("letopis-writer", ".log")))
                .start();
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
