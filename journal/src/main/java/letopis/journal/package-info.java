/** A totally ordered durable log of blocks. Start with {@link letopis.journal.Journal}. */
@NullMarked
package letopis.journal;

import org.jspecify.annotations.NullMarked;
