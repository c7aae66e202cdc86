package letopis.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.store.Append;
import letopis.store.Capability;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.NotSupportedException;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A store that is opened read-only while another opening, or another process, writes to it. */
@Timeout(120)
class ReadOnlyBesideWriterTest {
    @TempDir
    Path directory;

    @Test
    void followsAnotherProcessAndSeesWholeAppendsInOrder() throws Exception {
        int enough = 2_000;
        List<RecordedEvent> seen = new ArrayList<>();
        try (OtherWriter _ = OtherWriter.at(directory, 3, 4);
                EmbeddedEventStore reader = EmbeddedEventStore.openReadOnly(directory);
                Subscription subscription = reader.subscribe(Query.all(), 0)) {
            while (seen.size() < enough) {
                if (subscription.next() instanceof Signal.Delivered(RecordedEvent event)) {
                    assertThat(event.position()).isEqualTo(seen.size() + 1L);
                    seen.add(event);
                }
                if (seen.size() % 100 == 0) {
                    assertEndsWithAWholeAppend(reader);
                }
            }
            Verification beside = EmbeddedEventStore.verify(directory, VerifyProgress.NONE);
            assertThat(beside.faults()).isEmpty();
            assertThat(beside.events()).isGreaterThanOrEqualTo(enough);
        }
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            assertThat(StoreContent.of(store).events().subList(0, seen.size())).isEqualTo(seen);
        }
    }

    private static void assertEndsWithAWholeAppend(EmbeddedEventStore reader) {
        List<RecordedEvent> events = StoreContent.of(reader).events();
        CrashLoad last = CrashLoad.of(events.getLast());
        assertThat(events.stream().filter(it -> CrashLoad.of(it).equals(last)).count()).as("events of %s", last)
                .isEqualTo(last.append().entries().size());
    }

    @Test
    void seesForgettingAndNewSegments() {
        EngineOptions small = EngineOptions.DEFAULT.withSegmentBytes(64 << 10, 64 << 10);
        try (EmbeddedEventStore writer = EmbeddedEventStore.open(directory, small);
                EmbeddedEventStore reader = EmbeddedEventStore.openReadOnly(directory)) {
            for (int i = 0; i < 200; i++) {
                writer.append(new CrashLoad(9, 0, i).append());
            }
            writer.forget(Forget.before("own-0", 10));
            Until.holds("the reader sees all", () -> StoreContent.of(reader).equals(StoreContent.of(writer)));
            assertThat(writer.stats().segments()).isGreaterThan(2);
        }
    }

    @Test
    void waitsForWhatComesAndEndsWhenItIsClosed() throws Exception {
        try (EmbeddedEventStore writer = EmbeddedEventStore.open(directory);
                EmbeddedEventStore reader = EmbeddedEventStore.openReadOnly(directory);
                Subscription subscription = reader.subscribe(Query.type("B"), 0)) {
            assertThat(subscription.next()).isEqualTo(new Signal.CaughtUp(0));
            writer.append(Append.to("order-17").of(Event.of("A", ""), Event.of("B", "")));

            assertThat(subscription.next()).isInstanceOfSatisfying(Signal.Delivered.class,
                    it -> assertThat(it.event().position()).isEqualTo(2));
            assertThat(subscription.poll(Duration.ofMillis(30))).isEqualTo(Optional.empty());
        }
    }

    @Test
    void refusesToWrite() {
        EmbeddedEventStore.open(directory).close();
        try (EmbeddedEventStore reader = EmbeddedEventStore.openReadOnly(directory)) {
            Append append = Append.to("order-17").of(Event.of("A", ""));

            assertThat(reader.capabilities()).doesNotContain(Capability.APPEND, Capability.FORGET);
            assertThatThrownBy(() -> reader.append(append)).isInstanceOf(NotSupportedException.class)
                    .hasMessageContaining("read-only")
                    .hasMessageContaining("appending");
            assertThatThrownBy(() -> reader.submit(append).join()).hasCauseInstanceOf(NotSupportedException.class);
            assertThatThrownBy(() -> reader.forget(Forget.delete("order-17")))
                    .isInstanceOf(NotSupportedException.class);
        }
    }
}
