package letopis.journal;

import java.util.Optional;

/** What a record is, as far as a journal knows. */
public enum RecordKind {
    /** An event: takes the next position. */
    EVENT(1),
    /** A change of what is kept: takes no position. */
    FORGET(2),
    /** An event whose content was erased: keeps the position that it took. */
    ERASED(3),
    /** A signed digest of all events before it: takes no position. */
    SEAL(4),
    /** Tags added to an event that is there: takes no position. */
    TAGS(5);

    private final byte code;

    RecordKind(int code) {
        this.code = (byte) code;
    }

    /** How the kind is written. */
    public byte code() {
        return code;
    }

    /** Whether a record of this kind stands for an event, and has a position of its own. */
    public boolean takesPosition() {
        return this == EVENT || this == ERASED;
    }

    /** The kind that is written so, if there is one. */
    public static Optional<RecordKind> of(byte code) {
        return switch (code) {
            case 1 -> Optional.of(EVENT);
            case 2 -> Optional.of(FORGET);
            case 3 -> Optional.of(ERASED);
            case 4 -> Optional.of(SEAL);
            case 5 -> Optional.of(TAGS);
            default -> Optional.empty();
        };
    }
}
