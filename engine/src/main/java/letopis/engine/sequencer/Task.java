package letopis.engine.sequencer;

import java.io.IOException;

/** Something that the writer's thread does between two blocks; appends wait meanwhile. */
@FunctionalInterface
public interface Task {
    /**
     * Does it.
     *
     * @throws letopis.store.StoreException if it cannot be done; what was done so far is durable
     * @throws IOException                  if writing failed; nothing can be written any more
     */
    void run() throws IOException;
}
