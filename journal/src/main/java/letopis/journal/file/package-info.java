/** The journal as segment files of one directory. Start with {@link letopis.journal.file.FileJournal}. */
@NullMarked
package letopis.journal.file;

import org.jspecify.annotations.NullMarked;
