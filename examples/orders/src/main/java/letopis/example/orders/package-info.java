/** The life of an order: created, shipped, cancelled. */
@NullMarked
package letopis.example.orders;

import org.jspecify.annotations.NullMarked;
