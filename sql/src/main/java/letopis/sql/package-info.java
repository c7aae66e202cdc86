/**
 * An event store whose events are rows of a SQL database. Users open one with the module of their database and get a
 * {@link letopis.sql.SqlEventStore}; begin there.
 *
 * <p>How appends get their order, and why no reader ever passes a position that a slower transaction still fills: all who
 * write take <em>turns</em> (a lock that ends with its transaction), and the position of an event is one more than that of the
 * newest committed event, under a primary key. See docs/decisions/0007-turns-in-sql-stores.md.
 */
@NullMarked
package letopis.sql;

import org.jspecify.annotations.NullMarked;
