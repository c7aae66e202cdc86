package letopis.journal.disk;

import java.io.IOException;

/** There is something else where the directory should be. */
public final class NotADirectoryException extends IOException {
    /** @param name what is there */
    public NotADirectoryException(String name) {
        super(name + " is there, and is not a directory");
    }
}
