package letopis.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import letopis.engine.EmbeddedEventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real event log, as large as it is: the fines of an Italian town's police. Where the file is missing, a log of the same shape is made
 * and this is said aloud; the facts that must hold are then those of the made log.
 */
class RealLogTest {
    private static final int MADE_STREAMS = 60_000;
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    /** What is known of a log. */
    private record Log(Path file, long events, long streams, SortedMap<String, Long> types) {}

    private Log log() throws IOException {
        Path real = Path.of(System.getProperty("letopis.fines", "missing"));
        if (!Files.exists(real)) {
            System.err.println(
                    "THE REAL EVENT LOG IS NOT THERE: " + real + "; a made log of the same shape is used instead");
            return made();
        }
        SortedMap<String, Long> types = new TreeMap<>();
        types.put("CreateFine", 150_370L);
        types.put("SendFine", 103_987L);
        types.put("InsertFineNotification", 79_860L);
        types.put("AddPenalty", 79_860L);
        types.put("Payment", 77_601L);
        types.put("SendForCreditCollection", 59_013L);
        types.put("InsertDateAppealToPrefecture", 4_188L);
        types.put("SendAppealToPrefecture", 4_141L);
        types.put("ReceiveResultAppealFromPrefecture", 999L);
        types.put("NotifyResultAppealToOffender", 896L);
        types.put("AppealToJudge", 555L);
        return new Log(real, 561_470, 150_370, types);
    }

    /** Cases of a few events each, spread over years, with all events in the order of their times. */
    private Log made() throws IOException {
        String[] types = {"SendFine", "InsertFineNotification", "AddPenalty", "Payment", "SendForCreditCollection"};
        record Made(Instant time, int stream, int number, String type) {}
        TreeSet<Made> events = new TreeSet<>(
                Comparator.comparing(Made::time).thenComparingInt(Made::stream).thenComparingInt(Made::number));
        Random random = new Random(2013);
        for (int stream = 0; stream < MADE_STREAMS; stream++) {
            Instant time = Instant.parse("2000-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(4_000)));
            events.add(new Made(time, stream, 0, "CreateFine"));
            int more = random.nextInt(6);
            for (int i = 1; i <= more; i++) {
                time = time.plus(Duration.ofDays(random.nextInt(60)));
                events.add(new Made(time, stream, i, types[random.nextInt(types.length)]));
            }
        }
        Path file = directory.resolve("made.jsonl.gz");
        SortedMap<String, Long> counts = new TreeMap<>();
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (Made event : events) {
                counts.merge(event.type, 1L, Long::sum);
                out.write("{\"stream\":\"fine-" + event.stream + "\",\"type\":\"" + event.type + "\",\"time\":\""
                        + event.time
                        + "\",\"data\":{\"amount\":" + event.stream % 90 + ".50,\"article\":157}}\n");
            }
        }
        return new Log(file, events.size(), MADE_STREAMS, counts);
    }

    @Test
    void realLogIsImportedAddsNothingTheSecondTimeAndResumes() throws Exception {
        Log log = log();
        String file = log.file.toString();

        Cli.Result first = Cli.run(directory, "import", file, "--data", "undisturbed", "--json");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains(
                "\"lines\":" + log.events + ",\"added\":" + log.events + ",\"alreadyThere\":0,\"setAside\":0");
        facts(log, "undisturbed");
        String figures = Cli.run(directory, "stats", "--data", "undisturbed").out();
        System.out.println("real log: " + first.out() + "real log: " + figures);

        Cli.Result second = Cli.run(directory, "import", file, "--data", "undisturbed", "--json");
        assertThat(second.out()).contains("\"added\":0,\"alreadyThere\":" + log.events);
        facts(log, "undisturbed");

        interruptHalfway(log);
        Cli.Result resumed = Cli.run(directory, "import", file, "--data", "resumed", "--json");
        assertThat(resumed.out()).containsPattern("\"alreadyThere\":[1-9]");
        facts(log, "resumed");

        Cli.run(directory, "export", "--data", "undisturbed", "--file", "undisturbed.jsonl");
        Cli.run(directory, "export", "--data", "resumed", "--file", "resumed.jsonl");
        assertThat(Files.mismatch(directory.resolve("undisturbed.jsonl"), directory.resolve("resumed.jsonl")))
                .isEqualTo(-1);
        assertThat(Cli.run(directory, "import", "undisturbed.jsonl", "--data", "copy").code()).isZero();
        assertThat(Cli.run(directory, "verify", "--data", "copy").out()).contains("\"sound\":true")
                .contains("\"events\":" + log.events);
        Cli.run(directory, "export", "--data", "copy", "--file", "copy.jsonl");
        assertThat(Files.mismatch(directory.resolve("undisturbed.jsonl"), directory.resolve("copy.jsonl")))
                .isEqualTo(-1);
    }

    /** The first half of the log comes in, and no end of it: the import cannot be over before it is broken off. */
    private void interruptHalfway(Log log) throws Exception {
        Cli.Running running = Cli.start(directory, "import", "-", "--data", "resumed");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(log.file)), StandardCharsets.UTF_8));
                Writer in = new OutputStreamWriter(running.process().getOutputStream(), StandardCharsets.UTF_8)) {
            for (int i = 0; i < log.events / 2; i++) {
                in.write(lines.readLine() + "\n");
            }
            in.flush();
            awaitEvents(running, log.events / 5);
            running.signal("INT");
            Cli.Result result = running.result();
            assertThat(result.code()).as(result.err()).isEqualTo(130);
        }
    }

    private void facts(Log log, String data) throws Exception {
        assertThat(Cli.run(directory, "stats", "--data", data).out())
                .contains("\"events\":" + log.events + ",\"streams\":" + log.streams + ",\"head\":" + log.events);
        SortedMap<String, Long> types = new TreeMap<>();
        for (String line : Cli.run(directory, "types", "--data", data).lines()) {
            types.put(line.replaceAll(".*\"type\":\"([^\"]+)\".*", "$1"),
                    Long.valueOf(line.replaceAll(".*\"events\":(\\d+).*", "$1")));
        }
        assertThat(types).isEqualTo(log.types);
    }

    private void awaitEvents(Cli.Running running, long events) throws Exception {
        Instant deadline = Instant.now().plus(MAX_WAIT);
        while (Instant.now().isBefore(deadline)) {
            assertThat(running.process().isAlive()).as("the import was over before it was broken off").isTrue();
            if (Files.exists(directory.resolve("resumed/letopis.published"))) {
                try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory.resolve("resumed"))) {
                    if (store.head() >= events) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("the import did not get as far as " + events + " events in " + MAX_WAIT);
    }
}
