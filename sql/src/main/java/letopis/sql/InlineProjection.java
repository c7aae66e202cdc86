package letopis.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import letopis.store.RecordedEvent;

/**
 * A read model in the same database that is written in the append's own transaction: whoever sees an event sees its effect.
 * Of two processes that append, both must have it; it costs each append the time it takes.
 */
@FunctionalInterface
public interface InlineProjection {
    /**
     * Applies events that are being appended. Called by the one who holds the turn to write, in the order of positions. What
     * it throws refuses the append: nothing of it is written.
     *
     * @param connection inside the append's transaction; not to be committed, rolled back or closed
     * @param events     of one append, in their order
     */
    void apply(Connection connection, List<RecordedEvent> events) throws SQLException;
}
