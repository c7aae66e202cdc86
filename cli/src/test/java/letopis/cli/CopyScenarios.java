package letopis.cli;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

import letopis.cli.copying.CopyProgress;
import letopis.cli.copying.CopyReport;
import letopis.cli.copying.StoreCopy;
import letopis.cli.opening.OpenedStore;
import letopis.cli.opening.StoreAddress;
import letopis.cli.opening.StoreOpening;
import letopis.cli.terminal.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for a copy between two kinds of stores. A pair is tried by saying where its two stores are; what is between them goes
 * there and back, and the export of the last directory must be that of the first, byte for byte.
 */
abstract class CopyScenarios {
    private static final long SEED = 20260131;

    @TempDir
    Path directory;

    /** How many events there are to be copied. */
    int lines() {
        return 8_000;
    }

    /** The address of an empty store to copy into first. */
    abstract String first();

    /** The address of an empty store to copy into from the first one. */
    abstract String second();

    @Test
    void throughBothStoresAndBackAllBytesAreTheSame() throws Exception {
        importInto("origin", written(lines()));

        copied("origin", first());
        copied(first(), second());
        copied(second(), "back");

        sameExport("origin", "back");
    }

    @Test
    void brokenOffAtRandomPointsItIsCompletedByLaterRuns() throws Exception {
        importInto("origin", written(lines()));
        Random random = new Random(SEED);
        System.err.println("seed " + SEED);

        int runs = 0;
        CopyReport report;
        long before = 0;
        do {
            report = stoppedAfter(random.nextInt(lines() / 3), "origin", first());
            assertThat(report.alreadyThere()).isEqualTo(before);
            before = report.head();
            runs++;
        } while (!report.whole());

        assertThat(runs).isGreaterThan(3);
        assertThat(report.verified()).isTrue();
        copied(first(), "back");
        sameExport("origin", "back");
    }

    @Test
    void sourceThatGrewIsCopiedOn() throws Exception {
        importInto("origin", written(1_000));
        copied("origin", first());
        letopis("append", "late-1", "Late", "{}", "--data", at("origin"));

        Cli.Result result = copied("origin", first());

        assertThat(result.out()).contains("\"copied\":1,\"alreadyThere\":1000,\"head\":1001");
        copied(first(), "back");
        sameExport("origin", "back");
    }

    Cli.Result copied(String from, String to) {
        Cli.Result result = letopis("copy", at(from), at(to), "--json");
        assertThat(result.out()).contains("\"interrupted\":false,\"verified\":true");
        return result;
    }

    Cli.Result letopis(String... arguments) {
        Cli.Result result = Cli.here(arguments);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    void importInto(String store, Path lines) {
        letopis("import", lines.toString(), "--data", at(store));
    }

    void sameExport(String one, String other) throws Exception {
        letopis("export", "--data", at(one), "--file", at("one.jsonl"), "--force");
        letopis("export", "--data", at(other), "--file", at("other.jsonl"), "--force");
        assertThat(Files.size(directory.resolve("one.jsonl"))).isPositive();
        assertThat(Files.mismatch(directory.resolve("one.jsonl"), directory.resolve("other.jsonl"))).isEqualTo(-1);
    }

    private CopyReport stoppedAfter(int events, String from, String to) {
        int[] left = {events};
        CopyProgress progress = new CopyProgress() {
            @Override
            public void at(Step step, long position, long head) {
                if (step == Step.COPYING) {
                    left[0]--;
                }
            }

            @Override
            public boolean stopped() {
                return left[0] <= 0;
            }
        };
        Terminal terminal = Terminal.ofProcess(Map.of(), Terminal.Color.NEVER);
        try (OpenedStore source = StoreOpening.readOnly(address(from), terminal);
                OpenedStore target = StoreOpening.forWriting(address(to), terminal)) {
            return new StoreCopy(source.store(), target.store(), false, true, progress).run();
        }
    }

    private StoreAddress address(String text) {
        return StoreAddress.parse(at(text));
    }

    /** The name of a file or directory of the test, or the URL of a store, as a command takes it. */
    String at(String text) {
        return StoreAddress.parse(text) instanceof StoreAddress.Directory it
                ? directory.resolve(it.path()).toString()
                : text;
    }

    /** Events with all that they can have, many of them with the time of their neighbours. */
    Path written(int lines) throws Exception {
        Path file = directory.resolve("in-" + lines + ".jsonl");
        Random random = new Random(SEED);
        Instant time = Instant.parse("2001-01-01T00:00:00.000001Z");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < lines; i++) {
                time = random.nextInt(4) == 0 ? time.plusNanos(random.nextInt(5_000_000) * 1000L) : time;
                String data = switch (random.nextInt(4)) {
                    case 0 -> "\"contentType\":\"application/octet-stream\",\"dataBase64\":\"AP8Q" + "AAAA".repeat(
                            random.nextInt(20)) + "\"";
                    case 1 -> "\"data\":{ \"n\" : " + i + ", \"text\":\"ы \\u00e9 \\\"x\\\"\", \"e\": 1.50 }";
                    default -> "\"data\":{\"n\":" + i + "}";
                };
                out.write("{\"stream\":\"s" + i % 7 + "-" + random.nextInt(500) + "\",\"type\":\"T" + i % 5
                        + "\",\"time\":\"" + time + "\"," + data
                        + (i % 3 == 0 ? ",\"tags\":[\"a:" + i % 11 + "\",\"B:é\"]" : "")
                        + (i % 4 == 0 ? ",\"metadata\":{\"actor\": \"me\",  \"i\":" + i + "}" : "") + "}\n");
            }
        }
        return file;
    }
}
