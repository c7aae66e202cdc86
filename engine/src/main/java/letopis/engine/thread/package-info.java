/** What the threads of the engine share: {@link letopis.engine.thread.OwnedThread}, {@link letopis.engine.thread.ScarceMemory}. */
@NullMarked
package letopis.engine.thread;

import org.jspecify.annotations.NullMarked;
