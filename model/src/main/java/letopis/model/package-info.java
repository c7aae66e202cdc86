/** Deciders and aggregates. Start with {@link letopis.model.Aggregates}. */
@NullMarked
package letopis.model;

import org.jspecify.annotations.NullMarked;
