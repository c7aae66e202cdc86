package letopis.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import letopis.sql.dialect.KnownId;
import letopis.store.Condition;
import letopis.store.RecordedEvent;

/**
 * The facts for one transaction: those that were loaded before, and searches on its connection.
 *
 * @param recent what may be asked instead of the database; nothing inside a user's transaction, of which nobody else knows
 */
record BatchFacts(Rows.Head head, Map<String, StreamFacts> streams, Map<UUID, KnownId> ids, Instant now,
        Readings readings, Optional<Recent> recent, Connection connection) implements Facts {
    /** Conditions that look back further than this ask the database, which has an index. */
    private static final int NEAR_EVENTS = 1_000;
    private static final int PAGE_EVENTS = 16;

    @Override
    public StreamFacts stream(String stream) {
        StreamFacts facts = streams.get(stream);
        if (facts == null) {
            throw new AssertionError("nothing was loaded about stream " + stream);
        }
        return facts;
    }

    @Override
    public Optional<KnownId> known(UUID id) {
        return Optional.ofNullable(ids.get(id));
    }

    @Override
    public Optional<RecordedEvent> inTheWay(Condition.NoEventsMatch condition) throws SQLException {
        if (condition.after() >= head.position()) {
            return Optional.empty();
        }
        if (recent.isPresent() && head.forgets() == 0 && head.position() - condition.after() <= NEAR_EVENTS) {
            Optional<List<RecordedEvent>> near = recent.get().above(condition.after(), NEAR_EVENTS);
            if (near.isPresent()) {
                return near.get()
                        .reversed()
                        .stream()
                        .filter(it -> it.position() <= head.position() && condition.query().matches(it))
                        .findFirst();
            }
        }
        long upTo = head.position();
        while (true) {
            Readings.Page page = readings.byPosition(connection, condition.query(), condition.after(), upTo, true,
                    PAGE_EVENTS, recent.isEmpty());
            if (!page.events().isEmpty() || page.isLast()) {
                return page.events().stream().findFirst();
            }
            upTo = page.reached().orElseThrow().position() - 1;
        }
    }
}
