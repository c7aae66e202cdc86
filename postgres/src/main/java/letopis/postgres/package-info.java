/** An event store on PostgreSQL, 13 or newer. Start with {@link letopis.postgres.PostgresEventStore}. */
@NullMarked
package letopis.postgres;

import org.jspecify.annotations.NullMarked;
