/**
 * Deciders and aggregates: states folded from events, and commands that are decided on them. Start with
 * {@link letopis.model.Aggregates}; {@link letopis.model.Decisions} is for decisions that span streams.
 */
@NullMarked
package letopis.model;

import org.jspecify.annotations.NullMarked;
