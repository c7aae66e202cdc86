package letopis.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a store has been through that {@linkplain CrashWriter writers} filled until they were ended. After each of them it must
 * have every acknowledged append whole, at the positions that were told, none in part, and all that was there before; and what
 * was under way is written once when it is retried.
 */
final class CrashHistory {
    private final Random random;
    private final int threads;
    private final List<UUID> history = new ArrayList<>();
    private int tornTails;

    /** What a writer said of an append before it ended. */
    record Acknowledged(int thread, int number, long first, long last) {
        static Acknowledged parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Acknowledged(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]));
        }
    }

    /** @param threads how many threads each writer has */
    CrashHistory(Random random, int threads) {
        this.random = random;
        this.threads = threads;
    }

    int events() {
        return history.size();
    }

    int tornTails() {
        return tornTails;
    }

    /** Opens the store, and checks it after a writer with this seed that said so much. */
    void check(Path directory, long seed, List<Acknowledged> said) {
        boolean readOnlyFirst = random.nextBoolean() && !history.isEmpty();
        if (readOnlyFirst) {
            try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
                checkEvents(store, seed, said);
            }
        }
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, CrashWriter.OPTIONS)) {
            tornTails += store.tornTail().isPresent() ? 1 : 0;
            checkEvents(store, seed, said);
            retryWhatWasUnderWay(store, seed, said);
            checkEvents(store, seed, said).forEach(event -> history.add(event.id()));
        }
    }

    /** @return the events that were not there in the round before */
    private List<RecordedEvent> checkEvents(EmbeddedEventStore store, long seed, List<Acknowledged> said) {
        List<RecordedEvent> fresh = new ArrayList<>();
        try (Reading reading = store.read(Read.all())) {
            for (RecordedEvent event : reading) {
                int index = (int) event.position() - 1;
                if (index < history.size()) {
                    assertThat(event.id()).as("event at position %s", event.position()).isEqualTo(history.get(index));
                } else {
                    assertThat(event.position()).isEqualTo(history.size() + fresh.size() + 1L);
                    fresh.add(event);
                }
            }
        }
        assertThat(store.head()).isEqualTo(history.size() + (long) fresh.size());
        for (int at = 0; at < fresh.size();) {
            at = checkAppend(fresh, at);
        }
        for (Acknowledged one : said) {
            assertThat(one.last()).as("position of acknowledged %s", one).isLessThanOrEqualTo(store.head());
            assertThat(CrashLoad.of(fresh.get((int) one.first() - 1 - history.size())))
                    .as("append at %s", one)
                    .isEqualTo(new CrashLoad(seed, one.thread(), one.number()));
        }
        return fresh;
    }

    /** Checks that an append is there whole, and returns where the next begins. */
    private static int checkAppend(List<RecordedEvent> events, int from) {
        CrashLoad load = CrashLoad.of(events.get(from));
        List<Append.Entry> entries = load.append().entries();
        assertThat(events.size() - from).as("events of %s", load).isGreaterThanOrEqualTo(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            RecordedEvent event = events.get(from + i);
            assertThat(event.event()).as("event %s of %s", i, load).isEqualTo(entries.get(i).event());
            assertThat(event.stream()).as("stream of event %s of %s", i, load).isEqualTo(entries.get(i).stream());
        }
        return from + entries.size();
    }

    private void retryWhatWasUnderWay(EmbeddedEventStore store, long seed, List<Acknowledged> said) {
        for (int thread = 0; thread < threads; thread++) {
            int writer = thread;
            int next = said.stream()
                    .filter(it -> it.thread() == writer)
                    .mapToInt(it -> it.number() + 1)
                    .max()
                    .orElse(0);
            Append append = new CrashLoad(seed, thread, next).append();
            Appended appended = store.append(append);
            assertThat(store.append(append)).isEqualTo(appended);
            assertThat(appended.position() - appended.firstPosition() + 1).isEqualTo(append.entries().size());
        }
    }
}
