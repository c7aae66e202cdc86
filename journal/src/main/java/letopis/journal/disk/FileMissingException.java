package letopis.journal.disk;

import java.io.IOException;

/** A file is not there. */
public final class FileMissingException extends IOException {
    /** @param what what was done to which file, in words */
    public FileMissingException(String what) {
        super(what);
    }

    /** The same, with what caused it. */
    public FileMissingException(String what, Throwable cause) {
        super(what, cause);
    }
}
