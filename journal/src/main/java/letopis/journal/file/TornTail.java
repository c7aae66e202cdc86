package letopis.journal.file;

/**
 * What recovery cut off: a block whose writing a crash had interrupted, so that it was never acknowledged.
 *
 * @param file   the segment file
 * @param offset where the first byte of it was
 * @param bytes  how many bytes up to the last one that was not zero
 */
public record TornTail(String file, long offset, long bytes) {
    @Override
    public String toString() {
        return "a block that was written only in part was cut off: " + bytes + " bytes of " + file + " from " + offset
                + " on";
    }
}
