package letopis.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Readings that are long enough to be read ahead hand out the same as short ones. */
class LongReadingTest {
    private static final int EVENTS = 5_000;

    private final RamJournal journal = new RamJournal();
    private final EventStore store = EmbeddedEventStore.start(new Opening(Path.of("ram"), journal, Optional.empty()),
            EngineOptions.DEFAULT, false, System.nanoTime());

    @BeforeEach
    void fill() {
        List<Event> events = new ArrayList<>();
        for (int i = 1; i <= EVENTS; i++) {
            events.add(Event.of(i % 3 == 0 ? "Third" : "Other", Bytes.utf8("{\"number\":" + i + "}")));
        }
        store.append(Append.to("order-1").of(events));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void everyEventIsHandedOutOnceInOrderBothWays() {
        assertThat(positions(Read.all())).isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
        assertThat(positions(Read.all().backwards()))
                .isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList().reversed());
        List<Long> thirds = LongStream.rangeClosed(1, EVENTS / 3).map(it -> 3 * it).boxed().toList();
        assertThat(positions(Read.of(Query.type("Third")))).isEqualTo(thirds);
        assertThat(positions(Read.of(Query.type("Third")).backwards())).isEqualTo(thirds.reversed());
        assertThat(positions(Read.of(Query.type("Third")).limit(777))).isEqualTo(thirds.subList(0, 777));
    }

    @Test
    void whatIsDamagedIsMetInItsPlaceAndNothingBehindItIsHandedOut() {
        for (boolean backwards : new boolean[]{false, true}) {
            for (int damaged : new int[]{1, 10, 17, 100, 1_000, 4_321, EVENTS}) {
                journal.unreadable = damaged - 1L;
                int good = backwards ? EVENTS - damaged : damaged - 1;
                try (Reading reading = store.read(backwards ? Read.all().backwards() : Read.all())) {
                    for (int i = 0; i < good; i++) {
                        assertThat(reading.next().position()).isEqualTo(backwards ? EVENTS - i : i + 1);
                    }
                    assertThatThrownBy(reading::next).isInstanceOf(StoreDamagedException.class);
                    assertThatThrownBy(reading::next).isInstanceOf(StoreDamagedException.class);
                    journal.unreadable = -1;
                    assertThat(reading.next().position()).isEqualTo(damaged);
                    assertThat(reading.toList()).hasSize(EVENTS - good - 1);
                }
            }
        }
    }

    @Test
    void whoStopsEarlyHasPaidForLittleMore() {
        for (int wanted : new int[]{1, 20, 100}) {
            journal.recordsRead.set(0);
            try (Reading reading = store.read(Read.all())) {
                for (int i = 0; i < wanted; i++) {
                    reading.next();
                }
            }
            assertThat(journal.recordsRead.get()).isBetween((long) wanted, wanted <= 16 ? wanted : 4L * wanted);
        }
    }

    private List<Long> positions(Read read) {
        try (Reading reading = store.read(read)) {
            List<Long> positions = new ArrayList<>();
            reading.forEachRemaining(event -> positions.add(event.position()));
            return positions;
        }
    }
}
