package letopis.engine.sequencer;

import letopis.store.Appended;
import letopis.store.Forget;

/** What waits for the writer's thread. */
sealed interface Request {
    Answer<?> answer();

    /** About how much memory it takes while it waits. */
    long bytes();

    /** Forgets; answered with nothing but the end of the wait. */
    record OfForget(Forget forget, long nowMicros, Answer<Forget> answer) implements Request {
        @Override
        public long bytes() {
            return 100;
        }
    }

    /** Appends. */
    record OfAppend(PreparedAppend append, Answer<Appended> answer) implements Request {
        @Override
        public long bytes() {
            return append.payloadBytes();
        }
    }
}
