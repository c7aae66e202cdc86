/** How the records of the store are written as bytes. Start with {@link letopis.engine.record.EventRecord}. */
@NullMarked
package letopis.engine.record;

import org.jspecify.annotations.NullMarked;
