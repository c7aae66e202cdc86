package letopis.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import letopis.engine.EmbeddedEventStore;
import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** An export holds all there is: the store that is made from it is the same. */
class ExportCommandTest {
    private static final List<String> ODD_JSON = List.of("{}", "[]", "null", "true", "0", "-0.0", "1E400", "1.000",
            "\"\"", "\"\\u0000\"",
            "\"\\ud800\"", "\"ж\"", "{\"a\":1,\"a\":2}", "{ \"a\" : [ 1 , 2 ] }", "\"\u2028\"",
            "123456789012345678901234567890",
            "[[[[[[[[]]]]]]]]", "\"\\/\"", "{\"\":\"\\\"\"}");
    private static final List<String> NOT_JSON_ON_ONE_LINE = List.of("", " {}", "{} ", "{\n}", "{}{}", "1,2", "]", "[",
            "nul", "'a'", "{a:1}",
            "\ufeff{}", "\"\u0001\"", "NaN", "// x", "{\r}", "01", "1.", "\"a", "\"\t\"");

    @TempDir
    Path directory;

    @Test
    void importOfAnExportIsTheSameStoreByteByByte() throws Exception {
        fill(4711);
        Cli.Result exported = Cli.run(directory, "export", "--file", "all.jsonl");
        assertThat(exported.code()).isZero();
        assertThat(exported.err()).contains("events/s");
        assertThat(Cli.run(directory, "export", "--file", "all.jsonl.gz").code()).isZero();

        assertThat(Cli.run(directory, "import", "all.jsonl", "--data", "copy").code()).isZero();
        assertThat(Cli.run(directory, "import", "all.jsonl.gz", "--data", "copy2").code()).isZero();

        List<RecordedEvent> there = events("data");
        assertThat(there).hasSizeGreaterThan(300);
        assertThat(events("copy")).isEqualTo(there);
        assertThat(events("copy2")).isEqualTo(there);
        assertThat(Cli.run(directory, "export", "--data", "copy").out())
                .isEqualTo(Files.readString(directory.resolve("all.jsonl")));
    }

    private void fill(long seed) {
        Random random = new Random(seed);
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory.resolve("data"))) {
            for (String json : ODD_JSON) {
                append(store, random, event(random, json).withMetadata(Bytes.utf8(json)));
            }
            for (String text : NOT_JSON_ON_ONE_LINE) {
                append(store, random, event(random, text).withMetadata(Bytes.utf8(text)));
                append(store, random, event(random, text).withContentType("application/x+json; charset=utf-8"));
            }
            for (int i = 0; i < 300; i++) {
                byte[] bytes = new byte[random.nextInt(100)];
                random.nextBytes(bytes);
                append(store, random,
                        event(random, "").withContentType(i % 2 == 0 ? Event.JSON : "application/octet-stream")
                                .withMetadata(
                                        Bytes.of(bytes)));
                append(store, random,
                        new Event(new UUID(random.nextLong(), random.nextLong()), "T " + i, "x/y", Bytes.of(bytes),
                                Bytes.empty(), Set.of("tag:" + i, "ж")));
            }
            store.append(
                    Append.to("a-1").of(event(random, "1")).andTo("b-1").of(event(random, "2"), event(random, "3")));
        }
    }

    private static Event event(Random random, String data) {
        return new Event(new UUID(random.nextLong(), random.nextLong()), "Тип \"" + random.nextInt(5) + "\\",
                Event.JSON, Bytes.utf8(data),
                Bytes.empty(), new TreeSet<>());
    }

    private static void append(EmbeddedEventStore store, Random random, Event event) {
        store.append(Append.to("поток-" + random.nextInt(20)).of(event));
    }

    private List<RecordedEvent> events(String name) {
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory.resolve(name));
                Reading reading = store.read(Read.all())) {
            return reading.toList();
        }
    }

    @Test
    void fileIsWrittenWholeOrNotAtAll() throws Exception {
        Cli.run(directory, "append", "order-1", "OrderCreated");
        Files.writeString(directory.resolve("there.jsonl"), "mine");

        Cli.Result result = Cli.run(directory, "export", "--file", "there.jsonl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("there.jsonl is there already").contains("--force");
        assertThat(directory.resolve("there.jsonl")).hasContent("mine");
        assertThat(Cli.run(directory, "export", "--file", "there.jsonl", "--force").code()).isZero();
        assertThat(Files.readString(directory.resolve("there.jsonl"))).startsWith("{\"stream\":\"order-1\"");
        assertThat(Cli.run(directory, "export", "--file", "no/folder.jsonl").code()).isEqualTo(4);
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("data",
                    "there.jsonl");
        }
    }

    @Test
    void forgottenEventsAreSaidToBeMissing() throws Exception {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory.resolve("data"))) {
            store.append(Append.to("order-1").of(Event.of("A", "1"), Event.of("B", "2"), Event.of("C", "3")));
            store.forget(Forget.before("order-1", 2));
        }

        Cli.Result result = Cli.run(directory, "export");

        assertThat(result.lines()).hasSize(1);
        assertThat(result.err()).contains("2 events of this store are forgotten").contains("revisions will differ");
    }

    @Test
    void whatReadShowsCanBeImported() throws Exception {
        fill(42);
        Files.writeString(directory.resolve("read.jsonl"), Cli.run(directory, "read", "--all").out());

        assertThat(Cli.run(directory, "import", "read.jsonl", "--data", "copy").code()).isZero();

        assertThat(events("copy")).isEqualTo(events("data"));
    }
}
