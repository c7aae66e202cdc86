package letopis.journal.file;

/**
 * Something that {@link JournalVerification} found wrong.
 *
 * @param file   the file
 * @param offset the byte in it where what is wrong begins
 * @param damage what is wrong
 */
public record JournalFault(String file, long offset, String damage) {
    @Override
    public String toString() {
        return file + " at " + offset + ": " + damage;
    }
}
