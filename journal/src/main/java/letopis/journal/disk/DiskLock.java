package letopis.journal.disk;

import java.io.IOException;

/** A lock that is held. */
@FunctionalInterface
public interface DiskLock extends AutoCloseable {
    /** Gives it back. */
    @Override
    void close() throws IOException;
}
