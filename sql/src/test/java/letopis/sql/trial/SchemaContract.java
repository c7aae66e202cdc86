package letopis.sql.trial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import com.zaxxer.hikari.HikariDataSource;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the schema is made, by one or by many, and by whom. */
public interface SchemaContract extends SqlTrial {
    @Test
    default void manyThatStartAtOnceMakeOneSchema() throws Exception {
        SqlOptions options = fresh();
        try (HikariDataSource pool = SqlTrial.pool(url(), 20);
                ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<SqlEventStore>> opening = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Callable<SqlEventStore> open = () -> open(pool, options);
                opening.add(threads.submit(open));
            }
            for (Future<SqlEventStore> one : opening) {
                try (SqlEventStore store = one.get()) {
                    store.append(SqlTrial.append("a-1"));
                }
            }
            try (SqlEventStore store = open(pool, options)) {
                assertThat(SqlTrial.all(store)).hasSize(6);
            }
        }
    }

    @Test
    default void storeWithoutItsSchemaSaysWhatToDo() {
        SqlOptions options = fresh();
        try (HikariDataSource pool = SqlTrial.pool(url(), 4)) {
            assertThatThrownBy(() -> open(pool, options.withoutMigration()))
                    .isInstanceOfSatisfying(StoreUnusableException.class, it -> {
                        assertThat(it.reason()).isEqualTo(Reason.NOT_FOUND);
                        assertThat(it).hasMessageContaining("schema");
                    });
        }
    }

    @Test
    default void printedSchemaIsTheOneThatIsMade() throws Exception {
        SqlOptions options = fresh();
        try (HikariDataSource pool = SqlTrial.pool(url(), 4)) {
            SqlTrial.execute(pool, printed(options).toArray(String[]::new));
            try (SqlEventStore store = open(pool, options.withoutMigration())) {
                assertThat(store.append(SqlTrial.append("a-1")).position()).isEqualTo(1);
            }
        }
    }

    /** As `letopis schema` prints it, with the semicolons; next to a table of the application's. */
    @Test
    default void printedSchemaIsAMigrationForFlyway(@TempDir Path migrations) throws Exception {
        SqlOptions options = fresh();
        Files.writeString(migrations.resolve("V1__letopis.sql"),
                printed(options).stream().map(it -> it + ";\n").collect(Collectors.joining()));
        Files.writeString(migrations.resolve("V2__application.sql"), "create table bill (id integer primary key);\n");
        try (HikariDataSource pool = SqlTrial.pool(server().createDatabase(), 4)) {
            Flyway flyway = Flyway.configure().dataSource(pool).locations("filesystem:" + migrations).load();
            assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
            try (SqlEventStore store = open(pool, options.withoutMigration())) {
                assertThat(store.append(SqlTrial.append("a-1")).position()).isEqualTo(1);
            }
            assertThat(flyway.migrate().migrationsExecuted).as("migrations in a second run").isZero();
            open(pool, options).close(); // finds nothing to migrate
            flyway.validate();
        }
    }

    @Test
    default void newerSchemaIsRefused() throws Exception {
        SqlOptions options = fresh();
        try (HikariDataSource pool = SqlTrial.pool(url(), 4)) {
            open(pool, options).close();
            SqlTrial.execute(pool, "insert into " + table(options, "migration")
                    + " (version, description, applied) values (1000, 'of the future', current_timestamp)");
            assertThatThrownBy(() -> open(pool, options)).isInstanceOfSatisfying(StoreUnusableException.class,
                    it -> assertThat(it.reason()).isEqualTo(Reason.NEWER_FORMAT));
        }
    }
}
