/**
 * What an event store promises, and the words in which it is asked: events in streams, appends under conditions, reads,
 * subscriptions, forgetting. Start with {@link letopis.store.EventStore}.
 */
@NullMarked
package letopis.store;

import org.jspecify.annotations.NullMarked;
