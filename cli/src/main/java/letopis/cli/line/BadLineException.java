package letopis.cli.line;

/** A line does not hold an event. */
public final class BadLineException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param why what is wrong with it, in words that follow upon "the line" */
    public BadLineException(String why) {
        super(why);
    }

    /** What is wrong with the line. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
