package letopis.cli.copying;

/** Hears how far a copy has come, and may end it. Called often, by the thread that copies. */
public interface CopyProgress {
    /** What is done at this moment. */
    enum Step {
        /** What is in the target already is compared with the source. */
        COMPARING,
        /** Events are written. */
        COPYING,
        /** Both stores are read, and all events compared. */
        VERIFYING
    }

    /**
     * @param position the source's position that was reached
     * @param head     the source's position that is to be reached
     */
    void at(Step step, long position, long head);

    /** Whether to end as soon as what is under way is answered. */
    boolean stopped();
}
