package letopis.example.fines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import letopis.Letopis;
import letopis.model.projection.RunningProjection;
import letopis.store.Read;
import letopis.store.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A real log goes in by the command line, and a projection counts and sums what is in it. */
class FineFactsTest {
    /** As those who published the log state them. */
    private static final Map<String, Long> STATED = Map.ofEntries(Map.entry("CreateFine", 150_370L),
            Map.entry("SendFine", 103_987L),
            Map.entry("InsertFineNotification", 79_860L), Map.entry("AddPenalty", 79_860L),
            Map.entry("Payment", 77_601L),
            Map.entry("SendForCreditCollection", 59_013L), Map.entry("InsertDateAppealToPrefecture", 4_188L),
            Map.entry("SendAppealToPrefecture", 4_141L), Map.entry("ReceiveResultAppealFromPrefecture", 999L),
            Map.entry("NotifyResultAppealToOffender", 896L), Map.entry("AppealToJudge", 555L));
    private static final long STATED_EVENTS = 561_470;
    private static final int STATED_STREAMS = 150_370;

    @Test
    void theFactsOfTheLogComeOut(@TempDir Path folder) throws Exception {
        FineLog log = FineLog.find(folder);
        FineFacts facts = log.facts();
        Path data = folder.resolve("data");

        importLog(log, data);

        assertThat(projected(data, facts.events())).isEqualTo(facts);
        assertThat(streams(data)).isEqualTo(log.streams());
        if (log.real()) {
            assertThat(facts.byType()).containsExactlyInAnyOrderEntriesOf(STATED);
            assertThat(facts.events()).isEqualTo(STATED_EVENTS);
            assertThat(log.streams()).isEqualTo(STATED_STREAMS);
        }

        importLog(log, data);

        assertThat(projected(data, facts.events())).as("after a second import").isEqualTo(facts);
    }

    private static FineFacts projected(Path data, long head) throws InterruptedException {
        try (Letopis letopis = Letopis.open(data)) {
            assertThat(letopis.store().head()).isEqualTo(head);
            RunningProjection<FineFacts> running = letopis.project(FineFacts.PROJECTION);
            return running.await(head, Duration.ofMinutes(5));
        }
    }

    private static int streams(Path data) {
        try (Letopis letopis = Letopis.open(data); Reading begun = letopis.store().read(Read.all())) {
            int streams = 0;
            while (begun.hasNext()) {
                streams += begun.next().revision() == 0 ? 1 : 0;
            }
            return streams;
        }
    }

    private static void importLog(FineLog log, Path data) throws IOException, InterruptedException {
        Path output = data.resolveSibling("import.log");
        Process process = new ProcessBuilder(List.of(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), "letopis.cli.Main", "import", "--data", data.toString(),
                log.file().toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("imported within five minutes").isTrue();
            assertThat(process.exitValue()).as("exit code; it printed:%n%s", Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
