/**
 * Every file operation of the engine goes through here. Start with {@link letopis.journal.disk.Disk}.
 */
@NullMarked
package letopis.journal.disk;

import org.jspecify.annotations.NullMarked;
