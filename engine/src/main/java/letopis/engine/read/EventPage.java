package letopis.engine.read;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

import letopis.store.RecordedEvent;
import letopis.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Events of neighbouring positions, as they were written, each read by whoever needs it first: the others wait for that one
 * and do not read it again. Keeps about {@value #MAX_BYTES} bytes, or one larger event; where that is too little, the newest.
 * Safe for any number of threads.
 */
final class EventPage {
    static final int MAX_BYTES = 1 << 17;
    /** About what an event takes beside its data and metadata. */
    private static final int EVENT_BYTES = 400;

    static final EventPage NONE = new EventPage(0, 0);

    private final long first;
    private final AtomicReferenceArray<@Nullable RecordedEvent> events;
    /** Held by the one who reads; an interrupt does not end the wait for it, which is short. */
    private final ReentrantLock reading = new ReentrantLock();
    private long bytes;

    /** @param first the first position */
    EventPage(long first, int size) {
        this.first = first;
        this.events = new AtomicReferenceArray<>(size);
    }

    boolean has(long position) {
        return position >= first && position - first < events.length();
    }

    /** An event that was read; null if it is to be read. */
    @Nullable
    RecordedEvent get(long position) {
        return events.get((int) (position - first));
    }

    /**
     * The event at a position, which is read if it is not there, and with it those that follow as far as they are on the page;
     * null if it was erased.
     *
     * @param highest up to where those that follow are wanted, too
     */
    @Nullable
    RecordedEvent read(long position, long highest, EventReader reader) {
        reading.lock();
        try {
            RecordedEvent wanted = get(position);
            if (wanted == null) {
                wanted = reader.read(position);
                keep(position, wanted);
                readOn(position + 1, Math.min(highest, first + events.length() - 1), reader);
            }
            return wanted;
        } finally {
            reading.unlock();
        }
    }

    private void readOn(long from, long to, EventReader reader) {
        try {
            for (long next = from; next <= to && bytes < MAX_BYTES && get(next) == null; next++) {
                keep(next, reader.read(next));
            }
        } catch (StoreException _) {
            // what is wrong with an event is told when it is its turn
        }
    }

    private void keep(long position, @Nullable RecordedEvent event) {
        if (event == null) {
            return;
        }
        int at = (int) (position - first);
        events.set(at, event);
        bytes += bytesOf(event);
        for (int i = 0; i < events.length() && bytes > MAX_BYTES; i++) {
            RecordedEvent older = i == at ? null : events.get(i);
            if (older != null) {
                events.set(i, null);
                bytes -= bytesOf(older);
            }
        }
    }

    private static int bytesOf(RecordedEvent event) {
        return EVENT_BYTES + event.data().length() + event.metadata().length();
    }

    void clear() {
        reading.lock();
        try {
            for (int i = 0; i < events.length(); i++) {
                events.set(i, null);
            }
            bytes = 0;
        } finally {
            reading.unlock();
        }
    }
}
