/** Where the events of a stream, a category, a type or a tag are. Start with {@link letopis.engine.index.Index}. */
@NullMarked
package letopis.engine.index;

import org.jspecify.annotations.NullMarked;
