package letopis.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Limits;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What people see who look into the tables, and that nothing that looks odd keeps them from it. */
class TablesForPeopleTest {
    private static List<String> ask(DataSource source, String sql) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                answers.add(row.getString(1));
            }
        }
        return answers;
    }

    /** The path of a text, as it is asked for on each server. */
    private static String path(Databases databases, String column, String path) {
        return databases.server == MysqlServer.MYSQL
                ? column + "->>'" + path + "'"
                : "json_value(" + column + ", '" + path + "')";
    }

    @ParameterizedTest
    @EnumSource
    void serverIsToldByItsConnection(Databases databases) throws SQLException {
        try (var source = databases.make(); Connection connection = source.getConnection()) {
            assertThat(MysqlServer.of(connection.getMetaData())).isEqualTo(databases.server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eventsCanBeAskedForByWhatIsInTheirDataAndByTheirTags(Databases databases) throws SQLException {
        Instant time = Instant.parse("2026-03-04T05:06:07.123456Z");
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        try (var source = databases.make();
                SqlEventStore store = MysqlEventStore.open(source,
                        SqlOptions.DEFAULT.withClock(InstantSource.fixed(time)))) {
            store.append(Append.to("order-1")
                    .of(
                            Event.of("OrderCreated", Bytes.utf8("{\"customer\": \"Zoë\", \"total\": 1.50}"))
                                    .withId(id)
                                    .withMetadata(Bytes.utf8("{\"actor\":\"anna\"}"))
                                    .withTags("order:1", "a \"quoted\\ tag"),
                            Event.of("OrderCreated", Bytes.utf8("{\"customer\":\"Bob\"}")).withTags("order:2")));

            String view = "letopis_event_text";
            assertThat(ask(source, "select stream from " + view + " where "
                    + path(databases, "data_json", "$.customer") + " = 'Zoë'")).containsExactly("order-1");
            assertThat(ask(source, "select " + path(databases, "metadata_json", "$.actor") + " from " + view
                    + " where position = 1")).containsExactly("anna");
            assertThat(ask(source, "select id from " + view + " where position = 1")).containsExactly(id.toString());
            assertThat(ask(source, "select cast(recorded as char) from " + view + " where position = 1"))
                    .containsExactly("2026-03-04 05:06:07.123456");
            assertThat(ask(source, "select position from " + view + " where json_contains(tags, '\"order:2\"')"))
                    .containsExactly("2");
            assertThat(ask(source, "select t.tag from letopis_event_tag t where t.position = 1 order by t.tag"))
                    .containsExactly("a \"quoted\\ tag", "order:1");
            assertThat(ask(source, "select data_json from " + view + " where position = 1"))
                    .containsExactly("{\"customer\": \"Zoë\", \"total\": 1.50}");
        }
    }

    /** Each of these is an error of the one server or the other, where it is asked without care. */
    @ParameterizedTest
    @EnumSource
    void dataThatAServerCannotReadIsKeptAndDisturbsNoQuery(Databases databases) throws SQLException {
        List<Bytes> odd = List.of(Bytes.empty(), Bytes.of(new byte[]{(byte) 0xff, 0, (byte) 0xfe}), Bytes.utf8("{"),
                Bytes.utf8("NaN"), Bytes.utf8("\ufeff{}"), Bytes.utf8("{\"a\":\"\\ud800\"}"),
                Bytes.utf8("{\"a\":1e400}"),
                Bytes.utf8("[".repeat(100) + "1" + "]".repeat(100)), Bytes.utf8("[".repeat(101)),
                Bytes.utf8("[".repeat(99) + "1" + "]".repeat(99)), Bytes.utf8("\"" + "[".repeat(200) + "\""),
                Bytes.utf8("{\"" + "k".repeat(65_536) + "\" : 1}"), Bytes.utf8("{\"" + "k".repeat(65_535) + "\":1}"),
                Bytes.utf8("{\"a\" : 1, \"a\":2}\r\n"), Bytes.utf8("\"\\\\\\\"\""), Bytes.utf8("{\"a\":\"\0\"}"));
        try (var source = databases.make(); SqlEventStore store = MysqlEventStore.open(source)) {
            for (Bytes data : odd) {
                store.append(Append.to("odd-1").of(Event.of("Odd", data).withMetadata(data)));
            }
            store.append(Append.to("odd-1").of(Event.of("Good", Bytes.utf8("{\"a\":\"b\"}"))));

            assertThat(ask(source, "select type from letopis_event_text where "
                    + path(databases, "data_json", "$.a") + " = 'b'")).containsExactly("Good");
            assertThat(ask(source, "select json_type(data_json) from letopis_event_text")).hasSize(odd.size() + 1);
            try (Reading reading = store.read(Read.of(Query.type("Odd")))) {
                for (Bytes data : odd) {
                    Event event = reading.next().event();
                    assertThat(event.data()).isEqualTo(data);
                    assertThat(event.metadata()).isEqualTo(data);
                }
            }
        }
    }

    /** A time that the database has no text for. */
    @ParameterizedTest
    @EnumSource
    void timesBeyondTheCalendarAreKept(Databases databases) throws SQLException {
        Instant late = Instant.parse("+10000-01-01T00:00:00Z");
        try (var source = databases.make();
                SqlEventStore store = MysqlEventStore.open(source,
                        SqlOptions.DEFAULT.withClock(InstantSource.fixed(late)))) {
            store.append(Append.to("order-1").of(Event.of("OrderCreated", Bytes.utf8("{}"))));

            assertThat(ask(source, "select recorded from letopis_event_text")).containsOnlyNulls();
            try (Reading reading = store.read(Read.of(Query.all()))) {
                assertThat(reading.next().time()).isEqualTo(late);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void migrationThatEndedInTheMiddleIsDoneAgain(Databases databases) throws SQLException {
        try (var source = databases.make()) {
            int statements = MysqlEventStore.schema("letopis", databases.server).size();
            for (int done = 1; done <= statements; done++) {
                String prefix = "s" + done;
                try (Connection connection = source.getConnection();
                        Statement statement = connection.createStatement()) {
                    for (String sql : MysqlEventStore.schema(prefix, databases.server).subList(0, done)) {
                        statement.execute(sql);
                    }
                }
                try (SqlEventStore store = MysqlEventStore.open(source, SqlOptions.DEFAULT.withSchema(prefix))) {
                    store.append(Append.to("order-1").of(Event.of("OrderCreated", Bytes.utf8("{}"))));
                    assertThat(store.head()).isEqualTo(1);
                }
                assertThat(ask(source, "select count(*) from " + prefix + "_store")).containsExactly("1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitsThatTheTablesOrTheServerDoNotHoldAreRefusedAtOnce(Databases databases) {
        try (var source = databases.make()) {
            var names = new Limits(1 << 20, 16 << 20, 10_000, 501, 250, 250, 250, 64);
            assertThatThrownBy(() -> MysqlEventStore.open(source, SqlOptions.DEFAULT.withLimits(names)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("500 bytes");
            Limits bytes = Limits.DEFAULT.withMaxEventBytes(100 << 20);
            assertThatThrownBy(() -> MysqlEventStore.open(source, SqlOptions.DEFAULT.withLimits(bytes)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("max_allowed_packet");
        }
    }
}
