package letopis.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import letopis.servers.CuttableProxy;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.sql.trial.SqlTrial;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.EventIdTakenException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Appends of many events, which are written in another way than those of few. */
class PostgresCopyTest implements PostgresTrial {
    private static final int MANY = 200;
    /** What JSON text may become another one by, or none. */
    private static final String BETWEEN = "{}[],:\"\\0-.eEtu \n\t\f\b1ü\u0001\u007f\u00a0";

    @Test
    void everyKindOfValueIsKeptInTheColumnsInWhichFewEventsHaveIt() throws Exception {
        SqlOptions options = fresh();
        try (HikariDataSource pool = SqlTrial.pool(url(), 4); SqlEventStore store = open(pool, options)) {
            List<Event> odd = oddEvents();
            assertThat(odd).hasSizeGreaterThan(50);
            for (Event event : odd) {
                store.append(Append.to("odd-few").of(event.withId(UUID.randomUUID())));
            }
            store.append(Append.to("odd-many").of(odd));

            List<Event> few = read(store, Read.stream("odd-few")).stream().map(RecordedEvent::event).toList();
            List<Event> many = read(store, Read.stream("odd-many")).stream().map(RecordedEvent::event).toList();
            assertThat(many).isEqualTo(odd);
            for (int i = 0; i < odd.size(); i++) {
                assertThat(few.get(i).withId(odd.get(i).id())).isEqualTo(odd.get(i));
            }
            assertThat(read(store, Read.of(Query.tag("null"))).stream().map(RecordedEvent::stream))
                    .containsExactly("odd-few", "odd-many");
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement("select count(*),"
                            + " count(*) filter (where (f.data::text, f.data_bytes, f.metadata::text, f.metadata_bytes, f.tags,"
                            + " f.category, f.erased) is distinct from (m.data::text, m.data_bytes, m.metadata::text,"
                            + " m.metadata_bytes, m.tags, m.category, m.erased)) from " + table(options, "event")
                            + " f join " + table(options, "event")
                            + " m on m.revision = f.revision and f.stream = 'odd-few' and m.stream = 'odd-many'");
                    ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(odd.size());
                assertThat(row.getInt(2)).as("events in other columns than the same ones written alone").isZero();
            }
        }
    }

    private static List<Event> oddEvents() {
        List<Event> events = new ArrayList<>();
        for (String data : List.of("", "{}", "[]", "null", "17", "\"text\"", " { \"a\" : [ 1 , 2.50e-3 ] }\n",
                "{\"a\":1,\"a\":1}",
                "{\"nul\":\"\\u0000\"}", "{\"half\":\"\\ud800\"}", "{\"ключ\":\"значение 😀 \u2028\"}", "{", "01",
                "nul", "\ufeff{}",
                "plain text", "a\u0000b", "x".repeat(100_000), "{\"long\":\"" + "é".repeat(100_000) + "\"}",
                "[".repeat(400) + "]".repeat(400), "[".repeat(600) + "]".repeat(600))) {
            Bytes bytes = Bytes.utf8(data);
            events.add(Event.of("Odd", bytes));
            events.add(Event.of("Seltsam", Bytes.utf8("{}")).withMetadata(bytes));
        }
        events.add(Event.of("Odd", Bytes.of(new byte[]{'"', (byte) 0xc0, (byte) 0x80, '"'})));
        events.add(Event.of("Odd", Bytes.of(new byte[]{'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})));
        events.add(Event.of("Odd", Bytes.of(new byte[]{0, 1, (byte) 0xff, (byte) 0xfe})));
        for (String tag : List.of("null", "NULL", "{a}", "a,b", "\"quoted\"", "back\\slash", "it's", "ключ:значение",
                "{\"j\":\"x\"}")) {
            events.add(Event.of("Odd", "{}").withTags(tag, "with:" + tag).withContentType("text/x; a=\"b\\c\""));
        }
        return events;
    }

    @Test
    void timesBeforeTheServersOwnBeginningAreKept() throws Exception {
        SqlOptions options = fresh();
        try (HikariDataSource pool = SqlTrial.pool(url(), 4); SqlEventStore store = open(pool, options)) {
            for (String time : List.of("0001-01-01T00:00:00.000001Z", "1969-12-31T23:59:59.999999Z",
                    "1999-12-31T23:59:59.999999Z",
                    "2000-01-01T00:00:00Z", "2345-06-07T08:09:10.111213Z")) {
                Instant recorded = Instant.parse(time);
                store.append(Append.to("a-1").of(many()).recordedAt(recorded));
                assertThat(read(store, Read.stream("a-1").backwards().limit(MANY)).stream().map(RecordedEvent::time))
                        .hasSize(MANY)
                        .containsOnly(recorded);
                try (Connection connection = pool.getConnection();
                        PreparedStatement statement = connection.prepareStatement(
                                "select count(*) from " + table(options, "event")
                                        + " where recorded = ?::timestamptz")) {
                    statement.setString(1, time);
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        assertThat(row.getInt(1)).isEqualTo(MANY);
                    }
                }
            }
        }
    }

    @Test
    void jsonIsWhatTheServerTakesForIt() throws Exception {
        var random = new Random();
        long seed = random.nextLong();
        random.setSeed(seed);
        List<String> texts = List.of("{\"a\":[1,-2.5e+7,0,true,false,null],\"b\":{\"\\u00e9\\n\":\"é😀\"}}", "-0.10E-2",
                "[[],{},\"\"]",
                " \t\r\n[1 , 2]\n");
        try (HikariDataSource pool = SqlTrial.pool(url(), 1);
                Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("select pg_input_is_valid(?, 'json')")) {
            int taken = 0;
            for (int i = 0; i < 4_000; i++) {
                StringBuilder text = new StringBuilder(texts.get(i % texts.size()));
                for (int change = 0; change < i % 3; change++) {
                    int at = random.nextInt(text.length());
                    switch (random.nextInt(3)) {
                        case 0 -> text.deleteCharAt(at).append(text.isEmpty() ? " " : "");
                        case 1 -> text.insert(at, BETWEEN.charAt(random.nextInt(BETWEEN.length())));
                        default -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
                    }
                }
                byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                statement.setString(1, new String(bytes, StandardCharsets.UTF_8));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    taken += row.getBoolean(1) ? 1 : 0;
                    assertThat(JsonText.of(Bytes.wrap(bytes)).isPresent()).as("seed %d: %s", seed, text)
                            .isEqualTo(row.getBoolean(1));
                }
            }
            assertThat(taken).isBetween(1_400, 3_900);
        }
    }

    @Test
    void takenIdInTheMiddleRefusesTheAppendAndNothingElse() throws Exception {
        try (HikariDataSource pool = SqlTrial.pool(url(), 4); SqlEventStore store = open(pool, fresh())) {
            Event taken = SqlTrial.event("Taken");
            store.append(Append.to("a-1").of(taken));
            List<Event> events = new ArrayList<>(many());
            events.set(MANY / 2, taken);
            assertThatThrownBy(() -> store.append(Append.to("a-2").of(events)))
                    .isInstanceOf(EventIdTakenException.class);
            assertThat(store.head()).isEqualTo(1);

            Append append = Append.to("a-2").expectingNoStream().of(many());
            Appended first = store.append(append);
            assertThat(first.position()).isEqualTo(1 + MANY);
            assertThat(store.append(append)).as("the same append again").isEqualTo(first);
            assertThat(store.head()).isEqualTo(1 + MANY);
        }
    }

    @Test
    void connectionCutInTheMiddleOfALargeAppendIsSettled() throws Exception {
        SqlOptions options = fresh().withPatience(Duration.ofMinutes(1)).withoutPush();
        var random = new Random();
        try (CuttableProxy proxy = new CuttableProxy(port());
                HikariDataSource pool = SqlTrial.pool(url(proxy.port()), 6);
                HikariDataSource direct = SqlTrial.pool(url(), 4);
                SqlEventStore store = open(pool, options);
                SqlEventStore other = open(direct, options)) {
            Set<UUID> ids = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                if (i % 3 == 0) {
                    proxy.cutAfterBytesFromServer(random.nextInt(300)); // perhaps the commit happened, and the answer is lost
                } else {
                    proxy.cutAfterBytesToServer(random.nextInt(40_000));
                }
                Append append = Append.to("a-1").of(many());
                append.entries().forEach(it -> ids.add(it.event().id()));
                assertThat(store.append(append).revision("a-1")).as("cut %d", i).isEqualTo((i + 1) * MANY - 1);
            }
            assertThat(SqlTrial.all(other)).extracting(RecordedEvent::id)
                    .hasSize(20 * MANY)
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    private static List<Event> many() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            events.add(SqlTrial.event("Happened", "t:" + i));
        }
        return events;
    }

    private static List<RecordedEvent> read(SqlEventStore store, Read read) {
        try (var reading = store.read(read)) {
            return reading.toList();
        }
    }
}
