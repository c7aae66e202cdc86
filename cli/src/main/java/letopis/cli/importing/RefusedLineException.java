package letopis.cli.importing;

import letopis.cli.line.EventLine;

/** The store refused a line. Nothing after it was written. */
final class RefusedLineException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient EventLine line;
    private final transient RuntimeException why;

    RefusedLineException(EventLine line, RuntimeException why) {
        super(why);
        this.line = line;
        this.why = why;
    }

    EventLine line() {
        return line;
    }

    RuntimeException why() {
        return why;
    }
}
