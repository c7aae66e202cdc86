package letopis.journal.disk;

import java.io.IOException;

/** There is no room left on a disk, or a quota is used up. */
public final class DiskFullException extends IOException {
    /** @param what what was done to which file, in words */
    public DiskFullException(String what) {
        super(what);
    }

    /** The same, with what caused it. */
    public DiskFullException(String what, Throwable cause) {
        super(what, cause);
    }
}
