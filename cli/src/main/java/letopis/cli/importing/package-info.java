/** Bringing lines into a store, fast, in order and so that it can be broken off anywhere. Start with {@link letopis.cli.importing.Import}. */
@NullMarked
package letopis.cli.importing;

import org.jspecify.annotations.NullMarked;
