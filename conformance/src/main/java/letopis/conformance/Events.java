package letopis.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.RecordedEvent;

/** Events to append, each different from every other. */
final class Events {
    private static final AtomicLong NUMBER = new AtomicLong();

    private Events() {}

    static Event event(String type, String... tags) {
        return Event.of(type, "{\"number\":" + NUMBER.incrementAndGet() + "}").withTags(tags);
    }

    /** An event of no matter which type. */
    static Event event() {
        return event("SomethingHappened");
    }

    static Event[] events(int count) {
        return events(count, "SomethingHappened");
    }

    static Event[] events(int count, String type, String... tags) {
        Event[] events = new Event[count];
        for (int i = 0; i < count; i++) {
            events[i] = event(type, tags);
        }
        return events;
    }

    /** An event whose metadata names who caused it, and by which command. */
    static Event caused(String type, String actor, String command, String... tags) {
        return event(type, tags)
                .withMetadata(Bytes.utf8("{\"actor\":\"" + actor + "\",\"command\":\"" + command + "\"}"));
    }

    static List<UUID> ids(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::id).toList();
    }

    static List<Long> positions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::position).toList();
    }

    static List<Long> revisions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::revision).toList();
    }

    static List<UUID> ids(Append append) {
        return append.entries().stream().map(it -> it.event().id()).toList();
    }

    static <T> List<T> reversed(List<T> list) {
        return new ArrayList<>(list).reversed();
    }
}
