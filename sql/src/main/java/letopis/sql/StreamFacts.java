package letopis.sql;

import java.time.Instant;
import java.util.Optional;

import letopis.sql.dialect.StreamEnd;
import letopis.store.StreamInfo;

/** What decides about appends to a stream: its last event, if it ever had one, and what of it is forgotten. */
record StreamFacts(String stream, Optional<StreamEnd> end, Rule rule) {
    /** The revision of the last event, or -1. */
    long lastRevision() {
        return end.map(StreamEnd::revision).orElse(-1L);
    }

    boolean isOpen() {
        return end.isPresent() && state() == StreamInfo.State.OPEN;
    }

    boolean isTombstoned() {
        return state() == StreamInfo.State.TOMBSTONED;
    }

    StreamInfo.State state() {
        return rule.state(lastRevision());
    }

    StreamFacts after(StreamEnd newer) {
        return new StreamFacts(stream, Optional.of(newer), rule);
    }

    StreamFacts with(Rule newRule) {
        return new StreamFacts(stream, end, newRule);
    }

    /** Whether an event of the stream can be read. */
    boolean shows(long revision, Instant time, Instant now) {
        return rule.shows(revision, time, lastRevision(), now);
    }

    /** @param firstRevision the first that can be read */
    StreamInfo info(long firstRevision) {
        StreamEnd last = end.orElseThrow();
        return new StreamInfo(stream, state(), firstRevision, last.revision(), last.position(), last.time(),
                rule.retention());
    }
}
