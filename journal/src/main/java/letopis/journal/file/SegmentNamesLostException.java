package letopis.journal.file;

import java.io.IOException;

/** The directory could not be forced: nobody knows which names it has on disk, and later forces may call them durable. */
final class SegmentNamesLostException extends IOException {
    private static final long serialVersionUID = 1;

    SegmentNamesLostException(IOException cause) {
        super("the directory cannot be forced: " + cause.getMessage(), cause);
    }
}
