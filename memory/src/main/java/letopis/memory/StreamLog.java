package letopis.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import letopis.store.Forget;
import letopis.store.RecordedEvent;
import letopis.store.StreamInfo;
import letopis.store.StreamTombstonedException;

/** The events of one stream, and what of them is forgotten. An event's index in the list is its revision. */
final class StreamLog {
    private final String name;
    private final List<RecordedEvent> events = new ArrayList<>();
    private long firstKept;
    private Forget.Retention retention = Forget.Retention.EVERYTHING;
    private StreamInfo.State state = StreamInfo.State.OPEN;

    StreamLog(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    List<RecordedEvent> events() {
        return events;
    }

    void add(RecordedEvent event) {
        events.add(event);
        state = StreamInfo.State.OPEN;
    }

    void checkNotTombstoned() {
        if (state == StreamInfo.State.TOMBSTONED) {
            throw new StreamTombstonedException(name);
        }
    }

    boolean shows(RecordedEvent event, InstantSource clock) {
        return event.revision() >= firstKept
                && event.revision() >= events.size() - retention.maxCount().orElse(events.size())
                && (retention.maxAge().isEmpty() || younger(event, retention.maxAge().get(), clock.instant()));
    }

    private static boolean younger(RecordedEvent event, Duration age, Instant now) {
        return Duration.between(event.time(), now).compareTo(age) < 0;
    }

    StreamInfo info(InstantSource clock) {
        int first = events.size();
        while (first > 0 && shows(events.get(first - 1), clock)) {
            first--;
        }
        RecordedEvent last = events.getLast();
        return new StreamInfo(name, state, first, last.revision(), last.position(), last.time(), retention);
    }

    void forget(Forget forget) {
        if (forget instanceof Forget.Tombstone) {
            firstKept = events.size();
            state = StreamInfo.State.TOMBSTONED;
            return;
        }
        checkNotTombstoned();
        switch (forget) {
            case Forget.Truncate it -> truncate(it.beforeRevision());
            case Forget.Retain it -> retention = it.retention();
            case Forget.Delete _,Forget.Tombstone _ -> {
                firstKept = events.size();
                state = StreamInfo.State.DELETED;
            }
        }
    }

    private void truncate(long beforeRevision) {
        if (beforeRevision > events.size()) {
            throw new IllegalArgumentException("stream " + name + " cannot be truncated before revision "
                    + beforeRevision + "; its last revision is " + (events.size() - 1));
        }
        firstKept = Math.max(firstKept, beforeRevision);
    }
}
