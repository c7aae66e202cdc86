/** Rules that hold the house in shape. */
@NullMarked
package letopis.architecture;

import org.jspecify.annotations.NullMarked;
