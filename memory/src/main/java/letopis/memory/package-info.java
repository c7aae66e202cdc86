/** An event store in memory, for tests and demonstrations. Start with {@link letopis.memory.MemoryEventStore}. */
@NullMarked
package letopis.memory;

import org.jspecify.annotations.NullMarked;
