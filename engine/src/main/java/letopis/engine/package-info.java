/** The embedded event store. Start with {@link letopis.engine.EmbeddedEventStore}. */
@NullMarked
package letopis.engine;

import org.jspecify.annotations.NullMarked;
