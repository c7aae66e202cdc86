package letopis.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

import letopis.cli.opening.OpenedStore;
import letopis.cli.opening.StoreAddress;
import letopis.cli.opening.StoreOpening;
import letopis.cli.terminal.Terminal;
import letopis.servers.DatabaseServers;
import letopis.sql.SqlEventStore;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.Forget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each command on a store in PostgreSQL: what it does there, or why it refuses and what to do instead. */
class DatabaseCommandsTest {
    private static final String LINES = """
            {"stream":"order-1","type":"OrderCreated","time":"2026-01-01T00:00:00Z","data":{"customer":"c-1"},"tags":["customer:c-1"]}
            {"stream":"order-2","type":"OrderCreated","time":"2026-01-02T00:00:00Z","data":{"customer":"c-2"}}
            {"stream":"order-1","type":"OrderShipped","time":"2026-01-03T00:00:00Z","data":{}}
            """;

    private final String database = DatabaseServers.postgres().createDatabase();

    @TempDir
    Path directory;

    private Cli.Result letopis(int code, String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--store";
        all[arguments.length + 1] = database;
        Cli.Result result = Cli.here(all);
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        return result;
    }

    private void filled() throws Exception {
        letopis(0, "import", Files.writeString(directory.resolve("in.jsonl"), LINES).toString());
    }

    private long ask(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private OpenedStore opened() {
        return StoreOpening.forWriting(StoreAddress.parse(database),
                Terminal.ofProcess(Map.of(), Terminal.Color.NEVER));
    }

    @Test
    void appendMakesTheStoreAndKeepsToConditions() throws Exception {
        String[] ship = {"append", "order-1", "OrderShipped", "{}", "--expect", "0"};
        letopis(0, "append", "order-1", "OrderCreated", "{\"n\":1}", "--tag", "a:b");
        letopis(0, ship);
        assertThat(letopis(3, ship).err()).contains("order-1");
        assertThat(ask("select count(*) from letopis.event where stream = 'order-1'")).isEqualTo(2);
    }

    @Test
    void importIsDoneOnceAndExportGivesItBack() throws Exception {
        filled();
        filled();
        assertThat(ask("select count(*) from letopis.event")).isEqualTo(3);
        assertThat(letopis(0, "export").lines()).hasSize(3).first().asString().contains("\"customer\":\"c-1\"");
    }

    @Test
    void readingCommandsRead() throws Exception {
        assertThat(letopis(4, "read", "--all").err()).contains("does not exist");
        filled();
        assertThat(letopis(0, "read", "order-1").lines()).hasSize(2);
        assertThat(letopis(0, "read", "order-1", "--as-of", "rev:0").lines()).hasSize(1);
        assertThat(letopis(0, "read", "--tag", "customer:c-1", "--as-of", "2026-01-02T12:00:00Z").lines()).hasSize(1);
        assertThat(letopis(0, "tail", "--last", "2", "--limit", "2").lines()).hasSize(2);
        assertThat(letopis(0, "streams").lines()).hasSize(2);
        assertThat(letopis(0, "types").lines()).hasSize(2);
        assertThat(letopis(0, "stats").out()).contains("\"events\":3,\"streams\":2,\"head\":3,",
                "\"schema\":\"letopis\"");
    }

    @Test
    void verifyFindsWhatIsMissingFromTheTables() throws Exception {
        filled();
        assertThat(letopis(0, "verify").out()).contains("\"sound\":true");
        execute("delete from letopis.event where position = 2");
        assertThat(letopis(5, "verify").out()).contains("\"sound\":false", "\"fault\":");
    }

    @Test
    void doctorNamesWhoHoldsTheTurn() throws Exception {
        filled();
        assertThat(letopis(0, "doctor").out()).contains("nobody writes at this moment");
        try (OpenedStore opened = opened(); Connection connection = DriverManager.getConnection(database)) {
            connection.setAutoCommit(false);
            ((SqlEventStore) opened.store()).append(connection,
                    Append.to("order-3").of(Event.of("OrderCreated", "{}")));
            assertThat(letopis(0, "doctor").out()).contains("the turn to write is held by process ");
            connection.rollback();
        }
    }

    @Test
    void doctorSaysWhatToDoWhereThereIsNoStore() {
        assertThat(letopis(4, "doctor").out()).contains("\"state\":\"wrong\"");
    }

    @Test
    void scavengeTakesForgottenEventsFromTheTables() throws Exception {
        filled();
        try (OpenedStore opened = opened()) {
            opened.store().forget(Forget.before("order-1", 1));
        }
        assertThat(letopis(0, "scavenge").out()).contains("\"erasedEvents\":1");
        assertThat(ask("select count(*) from letopis.event where data::text like '%c-1%'")).isZero();
        assertThat(ask("select count(*) from letopis.event_tag")).isZero();
        assertThat(letopis(0, "verify").out()).contains("\"sound\":true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--partitioned=1000"})
    void printedSchemaIsAppliedAsItIsAndTheStoreMigratesNothing(String option) throws Exception {
        Cli.Result schema = option.isEmpty() ? letopis(0, "schema") : letopis(0, "schema", option);
        execute(schema.out());
        filled();
        assertThat(ask("select count(*) from letopis.migration")).isEqualTo(1);
        assertThat(ask("select count(*) from pg_inherits where inhparent = 'letopis.event'::regclass"))
                .isEqualTo(option.isEmpty() ? 0 : 2);
        letopis(0, "verify");
    }

    @Test
    void copyMovesTheEventsOutAndInAgain() throws Exception {
        filled();
        Cli.Result out = Cli.here("copy", database, directory.resolve("copy").toString());
        assertThat(out.code()).as(out.err()).isZero();
        Cli.Result partly = Cli.here("copy", directory.resolve("copy").toString(), database + "&schema=second");
        assertThat(partly.code()).as(partly.err()).isZero();
        assertThat(ask("select count(*) from second.event")).isEqualTo(3);
    }

    @Test
    void commandsAboutFilesRefuseAndSayWhatToDoInstead() throws Exception {
        String key = Files.writeString(directory.resolve("key.pem"), "").toString();
        String backup = directory.resolve("b").toString();
        for (List<String> command : List.of(List.of("backup", backup), List.of("restore", backup), List.of("repair"),
                List.of("seal", "--key", key), List.of("root"), List.of("prove", "1"),
                List.of("verify", "--public-key", key), List.of("demo"))) {
            Cli.Result refused = letopis(2, command.toArray(String[]::new));
            assertThat(refused.out()).as(command.toString()).isEmpty();
            assertThat(refused.err()).as(command.toString()).contains("->").doesNotContain("password");
        }
        assertThat(directory.resolve("b")).doesNotExist();
    }
}
