package letopis.engine.index.run;

/** What a term is the name of. The order is the one in runs. */
public enum TermKind {
    STREAM(0), CATEGORY(1), TYPE(2), TAG(3);

    private static final TermKind[] ALL = values();

    private final int number;

    TermKind(int number) {
        this.number = number;
    }

    /** How it is written, and its place in an array of all kinds. */
    public int number() {
        return number;
    }

    static TermKind of(int number) {
        return ALL[number];
    }
}
