package letopis.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import letopis.store.Append;
import letopis.store.Event;
import letopis.store.RecordedEvent;

/**
 * Appends that can be told apart and made again: each follows from the seed of a process, a thread and a number, and each event
 * says which append it is of and which of how many.
 *
 * @param seed   of the process that appends
 * @param thread of the threads of it
 * @param number of the appends of it, from 0 on
 */
record CrashLoad(long seed, int thread, int number) {
    private static final int MAX_EVENTS = 6;
    private static final int MAX_FILLING = 3_000;

    Append append() {
        Random random = new Random(seed * 31 + thread * 1_000_003L + number);
        List<Append.Entry> entries = new ArrayList<>();
        int count = 1 + random.nextInt(MAX_EVENTS);
        String filling = "x".repeat(random.nextInt(4) == 0 ? random.nextInt(MAX_FILLING) : random.nextInt(50));
        for (int i = 0; i < count; i++) {
            String stream = random.nextBoolean() ? "own-" + thread : "shared-" + random.nextInt(10);
            String text = seed + "/" + thread + "/" + number + "/" + i + "/" + count + "/" + filling;
            Event event = Event.of(i % 2 == 0 ? "Even" : "Odd", text)
                    .withId(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)))
                    .withTags("thread:" + thread);
            entries.add(new Append.Entry(stream, event));
        }
        return new Append(entries, List.of(), Optional.empty());
    }

    /** The append that an event is of. */
    static CrashLoad of(RecordedEvent event) {
        String[] parts = event.data().toUtf8().split("/", -1);
        return new CrashLoad(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
}
