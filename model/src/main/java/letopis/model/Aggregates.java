package letopis.model;

/** The states of the streams of one category, and the handling of commands. */
public final class Aggregates {
    private Aggregates() {
    }
}
