/** Puts appends into their one order. Start with {@link letopis.engine.sequencer.Sequencer}. */
@NullMarked
package letopis.engine.sequencer;

import org.jspecify.annotations.NullMarked;
