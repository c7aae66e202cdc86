package letopis.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Importing: what is kept, what is skipped, and what stops it. */
class ImportCommandTest {
    private static final String GOOD = """
            {"stream":"order-1","type":"OrderCreated","time":"2026-01-01T00:00:00.123456Z","data":{"n": 1.50, "n": 2}}
            {"stream":"order-2","type":"OrderCreated","time":"2026-01-01T02:00:00+01:00","data":[1 ,2]}

            {"stream":"order-1","type":"OrderPaid","time":"2026-01-02T00:00:00Z","data":null,"metadata":{"actor":"anna"},"tags":["b","a"]}
            """;

    @TempDir
    Path directory;

    private Cli.Result letopis(String... arguments) throws Exception {
        return Cli.run(directory, arguments);
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path packed(String name, String... parts) throws Exception {
        Path file = directory.resolve(name);
        try (var out = Files.newOutputStream(file)) {
            for (String part : parts) {
                try (var packed = new GZIPOutputStream(new java.io.FilterOutputStream(out) {
                    @Override
                    public void close() {
                        // the next part follows
                    }
                })) {
                    packed.write(part.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return file;
    }

    @Test
    void timesBytesTagsAndOrderAreKept() throws Exception {
        Cli.Result result = letopis("import", file("in.jsonl", GOOD).toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("3 events added").contains("lines/s").contains("head is at position 3");
        assertThat(letopis("export").lines()).satisfiesExactly(
                one -> assertThat(one).contains("\"time\":\"2026-01-01T00:00:00.123456Z\"")
                        .endsWith("\"data\":{\"n\": 1.50, \"n\": 2}}"),
                two -> assertThat(two).contains("\"time\":\"2026-01-01T01:00:00Z\"").endsWith("\"data\":[1 ,2]}"),
                three -> assertThat(three)
                        .contains("\"tags\":[\"a\",\"b\"],\"metadata\":{\"actor\":\"anna\"},\"data\":null}"));
    }

    @Test
    void secondImportAddsNothingHoweverTheFileIsPacked() throws Exception {
        file("in.jsonl", GOOD);
        packed("in.jsonl.gz", GOOD);
        int middle = GOOD.indexOf('\n') + 20;
        packed("parts.gz", GOOD.substring(0, middle), GOOD.substring(middle));
        letopis("import", "in.jsonl");
        String before = letopis("export").out();

        for (String again : new String[]{"in.jsonl", "in.jsonl.gz", "parts.gz"}) {
            Cli.Result result = letopis("import", again, "--json");
            assertThat(result.code()).isZero();
            assertThat(result.out()).contains("\"lines\":3,\"added\":0,\"alreadyThere\":3,\"setAside\":0");
        }
        assertThat(Cli.runWith(GOOD, "import", "-", "--data", directory.resolve("data").toString()).err())
                .contains("3 already there");
        assertThat(letopis("export").out()).isEqualTo(before);
        assertThat(letopis("import", "in.jsonl", "--new-ids", "--raise-times").err()).contains("3 events added");
        assertThat(letopis("export").lines()).hasSize(6);
    }

    @Test
    void failedImportLeavesNoNewStore() throws Exception {
        file("bad.jsonl", "nonsense\n");

        Cli.Result result = letopis("import", "bad.jsonl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("bad.jsonl:1").contains("away again");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void badLineStopsItWithFileLineAndReasonAndNothingBehindItIsWritten() throws Exception {
        file("bad.jsonl", GOOD + "{\"stream\":\"order-3\",\"type\":\"OrderCreated\",\"data\":{\"n\":}}\n" + GOOD);

        Cli.Result result = letopis("import", "bad.jsonl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("bad.jsonl:5: the line is not valid JSON")
                .contains("at column")
                .contains("--rejects")
                .doesNotContain("Exception");
        assertThat(letopis("export").lines()).hasSize(3);

        file("bad.jsonl", GOOD + "{\"stream\":\"order-3\",\"type\":\"OrderCreated\",\"data\":{\"n\":4}}\n");
        assertThat(letopis("import", "bad.jsonl").err()).contains("1 event added, 3 already there");
    }

    @Test
    void badLinesAreSetAsideJustAsTheyAre() throws Exception {
        String bad = "{\"stream\":\"order-3\",\"typ\":\"OrderCreated\",\"data\":{}}";
        String early = "{\"stream\":\"order-3\",\"type\":\"OrderCreated\",\"time\":\"2025-01-01T00:00:00Z\",\"data\":{}}";
        file("bad.jsonl", GOOD + bad + "\nnonsense\n" + early + "\n"
                + "{\"stream\":\"order-9\",\"type\":\"Last\",\"data\":{}}\n");

        Cli.Result result = letopis("import", "bad.jsonl", "--rejects", "rejects.jsonl", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("bad.jsonl:5: ")
                .contains("did you mean type?")
                .contains("bad.jsonl:6: ")
                .contains("bad.jsonl:7: ")
                .contains("3 lines set aside into rejects.jsonl");
        assertThat(result.out()).contains("\"added\":4").contains("\"setAside\":3");
        assertThat(Files.readString(directory.resolve("rejects.jsonl")).lines()).containsExactlyInAnyOrder(bad,
                "nonsense", early);
        letopis("import", file("good.jsonl", GOOD).toString(), "--rejects", "none.jsonl", "--new-ids", "--raise-times");
        assertThat(directory.resolve("none.jsonl")).doesNotExist();
    }

    @Test
    void rejectsNeverOverwriteWhatIsImported() throws Exception {
        Path in = file("in.jsonl", GOOD);

        assertThat(letopis("import", "in.jsonl", "--rejects", "./in.jsonl").code()).isEqualTo(2);

        assertThat(in).hasContent(GOOD);
    }

    @Test
    void lineBeyondTheLimitIsNotReadAsAWhole() throws Exception {
        String large = "{\"stream\":\"s\",\"type\":\"T\",\"data\":\"" + "x".repeat(5 << 20) + "\"}";
        file("large.jsonl", GOOD + large + "\n" + GOOD.replace("order", "parcel").replace("2026-01-0", "2026-02-0"));

        Cli.Result stopped = letopis("import", "large.jsonl");
        assertThat(stopped.code()).isEqualTo(1);
        assertThat(stopped.err()).contains("large.jsonl:5: the line is longer than 4194304 bytes")
                .hasSizeLessThan(1_000);

        assertThat(letopis("import", "large.jsonl", "--rejects", "rejects.jsonl").err())
                .contains("3 events added, 3 already there, 1 line");
        assertThat(directory.resolve("rejects.jsonl")).hasContent(large);
    }

    @Test
    void olderTimeIsRefusedOrRaised() throws Exception {
        file("old.jsonl",
                GOOD + "{\"stream\":\"order-3\",\"type\":\"T\",\"time\":\"2025-12-31T00:00:00Z\",\"data\":1}\n"
                        + "{\"stream\":\"order-4\",\"type\":\"T\",\"time\":\"2026-03-01T00:00:00Z\",\"data\":1}\n");

        Cli.Result refused = letopis("import", "old.jsonl");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("old.jsonl:5: ")
                .contains("2025-12-31T00:00:00Z")
                .contains("2026-01-02T00:00:00Z")
                .contains("--raise-times");
        assertThat(letopis("export").lines()).hasSize(3);

        assertThat(letopis("import", "old.jsonl", "--raise-times").err()).contains("2 events added, 3 already there");
        assertThat(letopis("read", "order-3").out()).contains("\"time\":\"2026-01-02T00:00:00Z\"");
    }

    @Test
    void idThatMeansAnotherFactIsRefused() throws Exception {
        String line = "{\"stream\":\"s-1\",\"type\":\"T\",\"id\":\"0f14d0ab-9605-4a62-a9e4-5ed26688389b\",\"data\":1}\n";
        file("a.jsonl", line);
        assertThat(letopis("import", "a.jsonl").err()).contains("1 event added");
        assertThat(letopis("import", "a.jsonl").err()).contains("1 already there");

        file("b.jsonl", line.replace("\"data\":1", "\"data\":2"));
        Cli.Result data = letopis("import", "b.jsonl");
        assertThat(data.code()).isEqualTo(1);
        assertThat(data.err()).contains("b.jsonl:1: ").contains("position 1").contains("other data");
        file("c.jsonl", line.replace("s-1", "s-2"));
        Cli.Result stream = letopis("import", "c.jsonl");
        assertThat(stream.code()).isEqualTo(1);
        assertThat(stream.err()).contains("c.jsonl:1: ").contains("position 1");
        assertThat(letopis("export").lines()).hasSize(1);
    }

    @Test
    void inputThatCannotBeReadIsSaidAndNoStoreIsMade() throws Exception {
        assertThat(letopis("import", "nothing.jsonl").code()).isEqualTo(4);
        assertThat(letopis("import", ".").code()).isEqualTo(2);
        assertThat(directory.resolve("data")).doesNotExist();
        byte[] whole = Files.readAllBytes(packed("in.gz", GOOD));
        Files.write(directory.resolve("cut.gz"), Arrays.copyOf(whole, whole.length - 20));

        Cli.Result cut = letopis("import", "cut.gz");

        assertThat(cut.code()).isEqualTo(1);
        assertThat(cut.err()).contains("cut.gz is damaged").contains("gzip");
    }

    @Test
    void windowsFileIsReadLikeAnyOther() throws Exception {
        file("windows.jsonl", "\ufeff" + GOOD.replace("\n", "\r\n"));

        assertThat(letopis("import", "windows.jsonl").err()).contains("3 events added");
    }
}
