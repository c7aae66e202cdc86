/**
 * The older parts of the index: sorted files that never change once they are written. Start with
 * {@link letopis.engine.index.run.Run} for their form and {@link letopis.engine.index.run.Merge} for how they come about.
 */
@NullMarked
package letopis.engine.index.run;

import org.jspecify.annotations.NullMarked;
