package letopis.engine;

/** Hears how far a verification has come. Called by the thread that verifies, a few times a second at most. */
@FunctionalInterface
public interface VerifyProgress {
    /** For those who do not want to know. */
    VerifyProgress NONE = (_, _) -> {};

    /**
     * @param bytes      how many bytes were checked
     * @param totalBytes how many there are
     */
    void checked(long bytes, long totalBytes);
}
