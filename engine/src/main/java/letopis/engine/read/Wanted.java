package letopis.engine.read;

import letopis.engine.index.PreparedQuery;
import letopis.store.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Which events a query wants: the record has the last word, whatever the index thinks. */
record Wanted(Events events, PreparedQuery query) {
    /** The event, with the tags that it has by now, if it matches; null if not, or if it was erased. */
    @Nullable
    RecordedEvent of(@Nullable RecordedEvent written) {
        if (written == null) {
            return null;
        }
        RecordedEvent event = events.withAddedTags(written);
        return query.matchesEverything() || query.query().matches(event) ? event : null;
    }
}
