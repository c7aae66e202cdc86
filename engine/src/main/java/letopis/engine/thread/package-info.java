/** What the threads of the engine share. See {@link letopis.engine.thread.OwnedThread}. */
@NullMarked
package letopis.engine.thread;

import org.jspecify.annotations.NullMarked;
