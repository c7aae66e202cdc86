package letopis.journal;

import java.io.IOException;

/** What is left to do for a block that is complete: see {@link Journal#seal}. To be run once. */
@FunctionalInterface
public interface BlockWrite {
    /**
     * Writes the block and forces it: on return it is durable, and published to readers.
     *
     * @throws IOException if it may not be durable; final for this opening. It may be there when the journal is opened again
     */
    void run() throws IOException;
}
