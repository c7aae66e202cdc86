package letopis.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import letopis.sql.dialect.KnownId;
import letopis.store.Condition;
import letopis.store.RecordedEvent;

/** What appends are judged by: the store as it is just before them. */
interface Facts {
    Rows.Head head();

    StreamFacts stream(String stream);

    /** Where an event id is in the store. */
    Optional<KnownId> known(UUID id);

    /** An event after the condition's position that matches its query and can be read. */
    Optional<RecordedEvent> inTheWay(Condition.NoEventsMatch condition) throws SQLException;

    /** The time from which retention by age counts back, and which is recorded. */
    Instant now();
}
