package letopis.journal.file;

/**
 * What recovery cut off: a block whose writing a crash had interrupted, so that it was never acknowledged. Where blocks are
 * acknowledged before they are forced, also such that were acknowledged and are lost, with all that followed them.
 *
 * @param file         the segment file
 * @param offset       where the first byte of it was
 * @param bytes        how many bytes up to the last one that was not zero
 * @param acknowledged how many blocks of it were acknowledged, as far as is known; always 0 where each block is forced first
 */
public record TornTail(String file, long offset, long bytes, long acknowledged) {
    @Override
    public String toString() {
        if (acknowledged > 0) {
            return acknowledged + " blocks were LOST that had been acknowledged before they were forced to disk: "
                    + bytes
                    + " bytes of " + file + " from " + offset + " on were cut off";
        }
        return "a block that was written only in part was cut off: " + bytes + " bytes of " + file + " from " + offset
                + " on";
    }
}
