package letopis.proof;

/** A proof, a sealed root or a key is not what it should be: the message says in what. */
public final class InvalidProofException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 80;

    public InvalidProofException(String what) {
        super(what);
    }

    /** The beginning of a text that somebody else wrote, fit for a message. */
    static String shown(String text) {
        String beginning = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return "\"" + beginning.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
