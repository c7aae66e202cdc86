/**
 * Events moved between any two stores, and the check of a store through its contract alone. Start with
 * {@link letopis.cli.copying.StoreCopy}.
 */
@NullMarked
package letopis.cli.copying;

import org.jspecify.annotations.NullMarked;
