package letopis.cli.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import letopis.cli.terminal.Figures;
import letopis.store.EventStore;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;

/** Compares the time of the newest event with the clock. */
final class NewestEvent {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private NewestEvent() {}

    static Finding finding(EventStore store, InstantSource clock) {
        Optional<RecordedEvent> newest;
        try (Reading reading = store.read(Read.all().backwards().limit(1))) {
            newest = reading.first();
        }
        Instant now = clock.instant();
        if (newest.isPresent() && newest.get().time().isAfter(now.plus(CLOCK_TOLERANCE))) {
            return Finding.note("clock",
                    "the newest event was recorded at " + newest.get().time() + ", which lies "
                            + Figures.time(Duration.between(now, newest.get().time()))
                            + " ahead of this machine's clock",
                    "look at the clock; until it has caught up, new events get the newest event's time");
        }
        return Finding.good("clock",
                newest.map(it -> "the newest event was recorded at " + it.time()).orElse("no event yet"));
    }
}
