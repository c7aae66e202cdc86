package letopis.journal.disk;

import java.io.IOException;

/** The process may not read or write a file, or its file system is mounted read-only. */
public final class DiskPermissionException extends IOException {
    /** @param what what was done to which file, in words */
    public DiskPermissionException(String what) {
        super(what);
    }

    /** The same, with what caused it. */
    public DiskPermissionException(String what, Throwable cause) {
        super(what, cause);
    }
}
