package letopis.journal;

import java.util.Optional;

/** What a record is, as far as a journal knows. */
public enum RecordKind {
    /** An event: takes the next position. */
    EVENT(1),
    /** A change of what is kept: takes no position. */
    FORGET(2);

    private final byte code;

    RecordKind(int code) {
        this.code = (byte) code;
    }

    /** How the kind is written. */
    public byte code() {
        return code;
    }

    /** The kind that is written so, if there is one. */
    public static Optional<RecordKind> of(byte code) {
        return switch (code) {
            case 1 -> Optional.of(EVENT);
            case 2 -> Optional.of(FORGET);
            default -> Optional.empty();
        };
    }
}
