/** What threads may see of each other in the package of the same name, which is about reading. */
@NullMarked
package letopis.engine.read;

import org.jspecify.annotations.NullMarked;
