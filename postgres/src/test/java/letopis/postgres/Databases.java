package letopis.postgres;

import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

final class Databases {
    static final EmbeddedPostgres SERVER = start();
    static final AtomicInteger N = new AtomicInteger();
    static EmbeddedPostgres start() {
        try { return EmbeddedPostgres.builder().setServerConfig("max_connections", "500").start(); } catch (Exception e) { throw new AssertionError(e); }
    }
    private static final DataSource SHARED = fresh();
    static DataSource shared() { return SHARED; }
    static DataSource fresh() {
        String name = "d" + N.incrementAndGet();
        try (var c = SERVER.getPostgresDatabase().getConnection(); var s = c.createStatement()) { s.execute("create database " + name); } catch (Exception e) { throw new AssertionError(e); }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SERVER.getJdbcUrl("postgres", name));
        config.setMaximumPoolSize(20);
        config.setMinimumIdle(0);
        config.setIdleTimeout(10000);
        return new HikariDataSource(config);
    }
}
