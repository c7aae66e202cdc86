package letopis.engine;

import java.nio.file.Path;
import java.time.Duration;

import letopis.store.Append;
import letopis.store.Event;
import letopis.store.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DurabilityTest {
    @TempDir
    Path directory;

    @Test
    void theLevelIsSaidByWhoWritesAndByWhoReads() {
        for (Durability durability : new Durability[]{Durability.interval(Duration.ofMillis(5)), Durability.SYSTEM,
                Durability.FORCED}) {
            EngineOptions options = EngineOptions.DEFAULT.withDurability(durability);
            try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, options)) {
                append(store);
                assertThat(store.stats().durability()).isEqualTo(durability.inWords());
                try (EmbeddedEventStore reader = EmbeddedEventStore.openReadOnly(directory)) {
                    assertThat(reader.stats().durability().contains("AFTER it is acknowledged"))
                            .isEqualTo(durability.level() != Durability.Level.FORCED);
                }
            }
        }
        try (EventStore store = EmbeddedEventStore.open(directory)) {
            assertThat(store.head()).isEqualTo(3);
            assertThat(StoreContent.of(store).toString()).contains("Happened");
        }
    }

    @Test
    void anIntervalHasLimits() {
        assertThatThrownBy(() -> Durability.interval(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Durability.interval(Duration.ofDays(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Durability(Durability.Level.FORCED, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void append(EventStore store) {
        store.append(Append.to("order-1").of(Event.of("Happened", "{}")));
    }
}
