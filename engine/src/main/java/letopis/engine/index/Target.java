package letopis.engine.index;

/** A stream that events are about to be added to; looked up once for all of them, until the next block ends. */
public final class Target {
    private final Term stream;

    Target(Term stream) {
        this.stream = stream;
    }

    /** The revision that the stream's next event gets. */
    public long nextRevision() {
        return stream.nextRevision();
    }

    /** Whether the newest part has no events of it. */
    public boolean isEmpty() {
        return stream.count() == 0;
    }

    /** Lets the first event that is left have a later revision, because those before it were erased. */
    public void beginAt(long revision) {
        stream.beginAt(revision);
    }

    Term stream() {
        return stream;
    }
}
