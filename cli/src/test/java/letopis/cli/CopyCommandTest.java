package letopis.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import letopis.cli.copying.Comparison;
import letopis.engine.EmbeddedEventStore;
import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StreamInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Copies between directories, and what only has to be tried once. */
class CopyCommandTest extends CopyScenarios {
    @Override
    String first() {
        return "first";
    }

    @Override
    String second() {
        return "second";
    }

    @Test
    void realLogComesOutTheSame() throws Exception {
        Path log = Path.of(System.getProperty("letopis.fines", "missing"));
        if (!Files.exists(log)) {
            System.err.println("THE REAL EVENT LOG IS NOT THERE: " + log + "; a made one is used instead");
            log = written(100_000);
        }
        importInto("origin", log);

        copied("origin", "copy");

        sameExport("origin", "copy");
    }

    @Test
    void ctrlCLeavesWhatASecondRunCompletes() throws Exception {
        importInto("origin", written(150_000));
        Cli.Running running = Cli.start(directory, "copy", "origin", "copy");
        Path store = directory.resolve("copy");
        Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
        while (!Files.exists(store.resolve("letopis.published")) || head(store) == 0) {
            assertThat(Instant.now()).isBefore(deadline);
            assertThat(running.process().isAlive()).as("it was over before it was broken off").isTrue();
        }
        running.signal("INT");
        Cli.Result result = running.result();

        assertThat(result.code()).as(result.err()).isEqualTo(130);
        assertThat(result.err()).contains("run the same command again").doesNotContain("Exception");
        copied("origin", "copy");
        sameExport("origin", "copy");
    }

    private static long head(Path store) {
        try (EmbeddedEventStore opened = EmbeddedEventStore.openReadOnly(store)) {
            return opened.head();
        }
    }

    @Test
    void targetThatIsNoBeginningIsRefusedWithTheFirstDifference() throws Exception {
        importInto("origin", written(1_000));
        letopis("append", "other-1", "Other", "{}", "--data", at("target"));

        Cli.Result result = Cli.run(directory, "copy", "origin", "target");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("is not the beginning of the source: event 1 of the source")
                .contains("in the target");
        assertThat(head(directory.resolve("target"))).isEqualTo(1);
    }

    @Test
    void wrongCopiesAreFound() throws Exception {
        importInto("origin", written(1_000));

        assertThat(differenceAfter(_ -> {})).isEmpty();
        assertThat(differenceAfter(events -> events.remove(500))).hasValueSatisfying(
                it -> assertThat(it).contains("event 501 of the source"));
        assertThat(differenceAfter(List::removeLast)).hasValueSatisfying(
                it -> assertThat(it).contains("event 1000 of the source").contains("is not in the target"));
        assertThat(differenceAfter(events -> Collections.swap(events, 700, 703))).hasValueSatisfying(
                it -> assertThat(it).contains("event 701 of the source"));
        assertThat(differenceAfter(events -> events.set(900, withChangedByte(events.get(900))))).hasValueSatisfying(
                it -> assertThat(it).contains("event 901 of the source").contains("the data differs"));
        assertThat(differenceAfter(events -> events.set(900, withoutMetadataAndTags(events.get(900)))))
                .hasValueSatisfying(it -> assertThat(it).contains("event 901 of the source"));
    }

    /** Copies as a wrong copier would, and compares. */
    private Optional<String> differenceAfter(Consumer<List<RecordedEvent>> mistake) throws Exception {
        Path wrong = Files.createTempDirectory(directory, "wrong").resolve("store");
        try (EmbeddedEventStore source = EmbeddedEventStore.openReadOnly(directory.resolve("origin"));
                EmbeddedEventStore target = EmbeddedEventStore.open(wrong);
                Reading reading = source.read(Read.all())) {
            List<RecordedEvent> events = new ArrayList<>(reading.toList());
            mistake.accept(events);
            for (RecordedEvent event : events) {
                target.submit(Append.to(event.stream()).of(event.event()).recordedAtOrLater(event.time())).join();
            }
            return new Comparison(source, target, false).firstDifference(source.head(), _ -> {});
        }
    }

    private static RecordedEvent withChangedByte(RecordedEvent event) {
        byte[] bytes = event.data().toArray();
        bytes[bytes.length / 2] ^= 1;
        return new RecordedEvent(event.stream(), event.revision(), event.position(), event.time(),
                new Event(event.id(), event.type(), event.contentType(), Bytes.wrap(bytes),
                        event.metadata(), event.tags()));
    }

    private static RecordedEvent withoutMetadataAndTags(RecordedEvent event) {
        return new RecordedEvent(event.stream(), event.revision(), event.position(), event.time(),
                event.event().withMetadata(Bytes.empty()).withTags());
    }

    @Test
    void sourceThatHasForgottenIsRefusedUnlessRenumbered() throws Exception {
        importInto("origin", written(1_000));
        String ruled;
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory.resolve("origin"))) {
            List<StreamInfo> streams = store.streams("", "", 2);
            store.forget(Forget.before(streams.getFirst().stream(), 1));
            ruled = streams.getLast().stream();
            store.forget(Forget.beyond(ruled, Forget.Retention.maxCount(1_000)));
        }

        Cli.Result refused = Cli.run(directory, "copy", "origin", "target");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("has forgotten 1 events of 1 stream").contains("--renumber");

        for (int copied : new int[]{999, 0}) {
            Cli.Result result = letopis("copy", at("origin"), at("target"), "--renumber", "--json");
            assertThat(result.out()).contains("\"copied\":" + copied).contains("\"verified\":true");
            assertThat(result.err()).contains("numbered anew");
        }
        try (EmbeddedEventStore target = EmbeddedEventStore.openReadOnly(directory.resolve("target"))) {
            assertThat(target.stream(ruled).orElseThrow().retention()).isEqualTo(Forget.Retention.maxCount(1_000));
        }
    }

    @Test
    void bothOptionsTogetherAndUnknownAddressesAreErrorsWithoutThePassword() throws Exception {
        Cli.Result both = Cli.run(directory, "stats", "--data", "a", "--store", "b");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("--data and --store");

        Cli.Result unknown = Cli.run(directory, "stats", "--store", "oracle://me:hidden@host/db");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("oracle").doesNotContain("hidden");

        Cli.Result nobody = Cli.run(directory, "stats", "--store", "postgresql://me:hidden@localhost:1/db");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("postgresql://me@localhost:1/db cannot be opened").doesNotContain("hidden");

        Cli.Result backup = Cli.run(directory, "backup", "b", "--store", "postgresql://me:hidden@localhost:1/db");
        assertThat(backup.code()).isEqualTo(2);
        assertThat(backup.err()).contains("pg_dump").doesNotContain("hidden");
    }
}
