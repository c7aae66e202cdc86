package letopis.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import letopis.cli.opening.OpenedStore;
import letopis.cli.opening.StoreAddress;
import letopis.cli.opening.StoreOpening;
import letopis.cli.terminal.Terminal;
import letopis.engine.EmbeddedEventStore;
import letopis.servers.DatabaseServers;
import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** From a directory through all databases into a directory: the export of each store is that of the first, byte for byte. */
class RoundTripTest {
    private static final int LINES = 8_000;
    private static final Pattern TYPE = Pattern.compile("\"type\":\"([^\"]+)\"");
    private static final Pattern STREAM = Pattern.compile("\"stream\":\"([^\"]+)\"");
    private static final Pattern PAID = Pattern.compile("\"paymentAmount\":([-0-9.eE]+)");

    @TempDir
    Path directory;

    /** What a log says, whichever store it is in. */
    private record Facts(long events, Set<String> streams, SortedMap<String, Long> types, BigDecimal paid) {
        private Facts() {
            this(0, new HashSet<>(), new TreeMap<>(), BigDecimal.ZERO);
        }

        Facts and(String stream, String type, String data) {
            streams.add(stream);
            types.merge(type, 1L, Long::sum);
            Matcher payment = PAID.matcher(data);
            return new Facts(events + 1, streams, types,
                    payment.find() ? paid.add(new BigDecimal(payment.group(1))) : paid);
        }
    }

    @Test
    void realLogSaysTheSameInEachStore() throws Exception {
        List<String> lines = realLines();
        Path log = Files.write(directory.resolve("log.jsonl"), lines);
        letopis("import", log.toString(), "--data", file("origin"));
        Facts stated = new Facts();
        for (String line : lines) {
            stated = stated.and(found(STREAM, line), found(TYPE, line), line);
        }
        assertThat(stated.paid).isPositive();

        for (String store : travelled()) {
            assertThat(factsOf(store)).as(store).isEqualTo(stated);
        }
    }

    @Test
    void oddEventsComeOutAsTheyWentIn() throws Exception {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory.resolve("origin"))) {
            List<Event> events = oddEvents();
            store.append(Append.to("заказ-ы 🂡").of(events));
            store.append(Append.to("case-1")
                    .of(events.getFirst().withId(new UUID(1, 1)))
                    .andTo("Case-1")
                    .of(Event.of("second", "{}"), Event.of("third", "{}"))
                    .andTo("case-1 ")
                    .of(Event.of("Second", "{}"))
                    .andTo("case-é")
                    .of(Event.of("é", "{}"))
                    .andTo("case-e\u0301")
                    .of(Event.of("e\u0301", "{}")));
        }

        assertThat(travelled()).hasSize(5);
    }

    private static List<Event> oddEvents() {
        return List.of(
                Event.of("WrittenOddly",
                        "{ \"b\" :1,\r\n\t\"a\": 1.50, \"b\":2 , \"c\":1e400, \"d\":\"\\u00e9\\/\" }\n"),
                Event.of("HalfCharacter", "{\"zero\":\"\\u0000\",\"half\":\"\\ud800\"}"),
                Event.of("Alone", " null "),
                Event.of("NotJson", "{\"a\":"),
                Event.of("NotUtf8", bytes('"', 0xC3, 0x28, '"')),
                Event.of("Empty", Bytes.empty()),
                Event.of("Plain", Bytes.utf8("no JSON, é 🂡\u0000")).withContentType("text/plain; charset=utf-8"),
                Event.of("Raw", bytes(IntStream.range(0, 256).toArray())).withContentType("application/octet-stream"),
                Event.of("Nothing", Bytes.empty()).withContentType("application/octet-stream"),
                Event.of("Long", "{\"text\":\"" + "ы".repeat(100_000) + "\"}"),
                Event.of("OddMetadata", "{}").withMetadata(bytes(0, 0xFF)),
                Event.of("SpacedMetadata", "{}").withMetadata(Bytes.utf8("{ \"a\" : 1, \"a\" : 2 }")),
                Event.of("Тип 🂡", "{}").withTags("a:b", "A:b", "a:b ", "é:ы", "quote:'\"\\,{}"),
                Event.of("Tagged", "{}")
                        .withTags(IntStream.range(0, 30).mapToObj(i -> "n:" + i).toArray(String[]::new)));
    }

    private static Bytes bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Bytes.wrap(bytes);
    }

    /** Copies the origin through all stores, compares what each exports, and returns their addresses. */
    private List<String> travelled() throws Exception {
        List<String> stores = List.of(file("origin"), DatabaseServers.postgres().createDatabase(),
                DatabaseServers.mysql().createDatabase(), DatabaseServers.mariadb().createDatabase(), file("back"));
        letopis("export", "--store", file("origin"), "--file", file("origin.jsonl"));
        assertThat(Files.size(directory.resolve("origin.jsonl"))).isPositive();
        for (int i = 1; i < stores.size(); i++) {
            assertThat(letopis("copy", stores.get(i - 1), stores.get(i), "--json").out()).contains("\"verified\":true");
            String exported = "exported-" + i + ".jsonl";
            letopis("export", "--store", stores.get(i), "--file", file(exported));
            assertThat(Files.mismatch(directory.resolve("origin.jsonl"), directory.resolve(exported)))
                    .as(stores.get(i))
                    .isEqualTo(-1);
        }
        return stores;
    }

    private static Facts factsOf(String store) {
        Facts facts = new Facts();
        try (OpenedStore opened = StoreOpening.readOnly(StoreAddress.parse(store),
                Terminal.ofProcess(Map.of(), Terminal.Color.NEVER));
                Reading reading = opened.store().read(Read.all())) {
            for (RecordedEvent event : reading.toList()) {
                facts = facts.and(event.stream(), event.type(),
                        new String(event.data().toArray(), StandardCharsets.UTF_8));
            }
        }
        return facts;
    }

    /** The beginning of the real log; where it is missing, this is said aloud and lines of its shape are made. */
    private static List<String> realLines() throws IOException {
        Path real = Path.of(System.getProperty("letopis.fines", "missing"));
        if (!Files.exists(real)) {
            System.err.println("THE REAL EVENT LOG IS NOT THERE: " + real + "; a made one is used instead");
            Random random = new Random(2013);
            return IntStream.range(0, LINES)
                    .mapToObj(i -> "{\"stream\":\"fine-S" + random.nextInt(5_000) + "\",\"type\":\""
                            + (i % 3 == 0 ? "Payment" : "SendFine")
                            + "\",\"time\":\"2000-01-01T00:00:00+01:00\",\"data\":{"
                            + (i % 3 == 0 ? "\"paymentAmount\":" + random.nextInt(90) + ".50" : "") + "}}")
                    .toList();
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(real)), StandardCharsets.UTF_8))) {
            return lines.lines().limit(LINES).toList();
        }
    }

    private static String found(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return matcher.group(1);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private static Cli.Result letopis(String... arguments) {
        Cli.Result result = Cli.here(arguments);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }
}
