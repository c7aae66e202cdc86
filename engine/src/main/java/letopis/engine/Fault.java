package letopis.engine;

/**
 * Something that is not as it was written.
 *
 * @param file   the file it is in
 * @param offset the byte in it
 * @param what   what is wrong, in words
 */
public record Fault(String file, long offset, String what) {
    @Override
    public String toString() {
        return file + " at " + offset + ": " + what;
    }
}
