/**
 * Projections: events folded into read models, in the background. Start with
 * {@link letopis.model.projection.Projection}.
 */
@NullMarked
package letopis.model.projection;

import org.jspecify.annotations.NullMarked;
