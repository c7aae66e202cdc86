package letopis.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;

import letopis.journal.disk.RecordingDisk;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A clock that steps back and forth by years: recorded times never go back, nothing is lost, and the store opens again. A time that goes back would be found: {@link WrongRecordTest}. */
class ClockStepTest {
    private static final long SEED = Long.getLong("letopis.clock.seed", new Random().nextLong());
    private static final int STEPS = Integer.getInteger("letopis.clock.steps", 2_000);
    private static final int OPENINGS = 10;

    private final Random random = new Random(SEED);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void recordedTimesNeverGoBack() {
        RecordingDisk disk = new RecordingDisk();
        for (int opening = 0; opening < OPENINGS; opening++) {
            try (EmbeddedEventStore store = open(disk, this::step)) {
                for (int i = 0; i < STEPS / OPENINGS; i++) {
                    store.append(Append.to("order-" + random.nextInt(5)).of(Event.of("Happened", "{}")));
                }
                store.forget(Forget.beyond("order-0", Forget.Retention.maxAge(Duration.ofDays(3650 * 4))));
                check(store);
                assertThat(store.head()).isEqualTo((opening + 1L) * (STEPS / OPENINGS));
            }
            disk.endProcess();
        }
        assertThat(new Verifier(disk, VerifyProgress.NONE).verify(Disks.NAME).faults()).as("seed %s", SEED).isEmpty();
    }

    private Instant step() {
        Duration step = switch (random.nextInt(6)) {
            case 0 -> Duration.ofDays(random.nextInt(3650));
            case 1 -> Duration.ofDays(-random.nextInt(3650));
            case 2 -> Duration.ofHours(-1);
            default -> Duration.ofNanos(random.nextInt(2_000_000));
        };
        now = now.plus(step);
        return now;
    }

    private static EmbeddedEventStore open(RecordingDisk disk, InstantSource clock) {
        return EmbeddedEventStore.start(Disks.opening(disk), Disks.OPTIONS.withClock(clock), false, System.nanoTime());
    }

    private static void check(EventStore store) {
        Instant last = Instant.MIN;
        try (Reading reading = store.read(Read.all())) {
            for (RecordedEvent event : reading) {
                assertThat(event.time()).as("event %s, seed %s", event.position(), SEED).isAfterOrEqualTo(last);
                last = event.time();
            }
        }
    }
}
