package letopis.cli;

import java.util.Locale;

import letopis.servers.DatabaseServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Copies into a database and back, and all commands on a store in it. */
abstract class DatabaseScenarios extends CopyScenarios {
    private final DatabaseServer server;
    private final String product;
    private String database = "";

    /**
     * Tried on such a server.
     *
     * @param product what it calls itself
     */
    DatabaseScenarios(DatabaseServer server, String product) {
        this.server = server;
        this.product = product;
    }

    @BeforeEach
    void createDatabase() {
        database = server.createDatabase();
    }

    /** Each run compares all that is there, and each event takes a way through a server. */
    @Override
    int lines() {
        return 2_000;
    }

    @Override
    String first() {
        return database;
    }

    @Override
    String second() {
        return "second";
    }

    @Test
    void commandsWorkOnADatabase() throws Exception {
        letopis("append", "order-1", "OrderCreated", "{\"n\":1}", "--store", database, "--tag", "a:b");
        letopis("import", written(100).toString(), "--store", database, "--raise-times");

        assertThat(letopis("read", "order-1", "--store", database).out()).contains("OrderCreated");
        assertThat(letopis("tail", "--limit", "3", "--last", "3", "--store", database).lines()).hasSize(3);
        assertThat(letopis("streams", "order", "--store", database).lines()).hasSize(1);
        assertThat(letopis("types", "--store", database).lines()).hasSize(6);
        assertThat(letopis("stats", "--store", database).out()).contains("\"head\":101,",
                "\"server\":\"" + product + " ", "Event\":").doesNotContain("password");
        assertThat(letopis("verify", "--store", database).out()).contains("\"sound\":true", "\"events\":101");
        assertThat(letopis("doctor", "--store", database).out()).contains("there is no complaint");
        assertThat(letopis("scavenge", "--store", database).out()).contains("\"erasedEvents\":0");
        assertThat(letopis("schema", "--store", database).out().toLowerCase(Locale.ROOT)).contains("create table");
        assertThat(Cli.run(directory, "seal", "--key", "none.pem", "--store", database).code()).isNotZero();
    }
}
