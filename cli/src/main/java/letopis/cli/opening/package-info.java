/** Where a store is, and how it is opened. Start with {@link letopis.cli.opening.StoreAddress}. */
@NullMarked
package letopis.cli.opening;

import org.jspecify.annotations.NullMarked;
