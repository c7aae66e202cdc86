package letopis.conformance;

import java.io.IOException;
import java.util.List;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Limits;
import letopis.store.NotSupportedException;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** One test's hold on the store that it tries: opened when first asked for, closed after the test. */
public final class Trial {
    private final StoreFixture fixture;
    private final SteppedClock clock = new SteppedClock();
    private Limits limits = Limits.DEFAULT;
    private volatile @Nullable EventStore store;

    Trial(StoreFixture fixture) {
        this.fixture = fixture;
    }

    StoreFixture fixture() {
        return fixture;
    }

    /** What the store takes for the time. */
    SteppedClock clock() {
        return clock;
    }

    /** The store, opened with the default limits if it is not open yet. */
    synchronized EventStore store() {
        EventStore open = store;
        return open == null ? open(limits) : open;
    }

    synchronized EventStore open(Limits wanted) {
        limits = wanted;
        EventStore open = fixture.open(wanted, clock);
        store = open;
        return open;
    }

    /** Closes the store and opens it again. */
    EventStore reopen() {
        closeStore();
        return open(limits);
    }

    void closeStore() {
        EventStore open = store;
        store = null;
        if (open != null) {
            open.close();
        }
    }

    boolean has(Capability capability) {
        return fixture.capabilities().contains(capability);
    }

    /**
     * Whether the store lacks this. If so, it was asked for it here, and has refused clearly and changed nothing.
     *
     * @param request what a store that lacks it must refuse
     */
    boolean lacks(Capability capability, ThrowingCallable request) {
        if (has(capability)) {
            return false;
        }
        long head = store().head();
        Throwable refusal = catchThrowable(request);
        assertThat(refusal).as("refusal of what needs %s", capability).isInstanceOf(NotSupportedException.class);
        assertThat(((NotSupportedException) refusal).capability()).isEqualTo(capability);
        assertThat(refusal).hasMessageContaining(capability.toString());
        assertThat(store().head()).as("head after the refusal").isEqualTo(head);
        return true;
    }

    Appended append(String stream, Event... events) {
        return store().append(Append.to(stream).of(events));
    }

    /** Appends one event, and returns it as it is stored. */
    RecordedEvent appendOne(String stream, Event event) {
        long position = append(stream, event).position();
        return read(Read.all().from(Point.position(position)).limit(1)).getFirst();
    }

    List<RecordedEvent> read(Read read) {
        try (Reading reading = store().read(read)) {
            return reading.toList();
        }
    }

    List<RecordedEvent> read(Query query) {
        return read(Read.of(query));
    }

    List<RecordedEvent> readAll() {
        return read(Read.all());
    }

    void end() throws IOException {
        try {
            closeStore();
        } finally {
            fixture.close();
        }
    }
}
