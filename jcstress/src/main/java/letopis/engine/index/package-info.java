/** What threads may see of each other in the package of the same name, which is about the index. */
@NullMarked
package letopis.engine.index;

import org.jspecify.annotations.NullMarked;
