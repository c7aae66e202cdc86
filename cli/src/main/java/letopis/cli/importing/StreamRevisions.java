package letopis.cli.importing;

import java.util.LinkedHashMap;
import java.util.Map;

import letopis.store.EventStore;
import letopis.store.StreamInfo;

/**
 * Foretells the revision that an append will get, from what the store says of a stream and what was sent to it since. Remembers
 * a bounded number of streams, always more than can have appends under way. For one thread.
 */
final class StreamRevisions {
    private static final int MOST_STREAMS = 100_000;
    private static final long NONE = -1;

    private final EventStore store;
    private final Map<String, Long> last = new LinkedHashMap<>(1024, 0.75f, true);
    private boolean allKnown;

    /** @param empty whether the store has no stream yet, so that none needs to be asked for as long as all are remembered */
    StreamRevisions(EventStore store, boolean empty) {
        this.store = store;
        this.allKnown = empty;
    }

    /** The revision of the next event that is sent to this stream; it counts as sent. */
    long next(String stream) {
        Long known = last.get(stream);
        long next = (known == null ? ask(stream) : known) + 1;
        last.put(stream, next);
        if (last.size() > MOST_STREAMS) {
            last.remove(last.keySet().iterator().next());
            allKnown = false;
        }
        return next;
    }

    /** What was foretold did not come true. */
    void forget() {
        last.clear();
        allKnown = false;
    }

    private long ask(String stream) {
        return allKnown ? NONE : store.stream(stream).map(StreamInfo::lastRevision).orElse(NONE);
    }
}
