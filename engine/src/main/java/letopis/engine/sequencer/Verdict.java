package letopis.engine.sequencer;

import java.util.function.Supplier;

import letopis.store.Appended;

/**
 * What came out for an append that is not to be written: it was before, or it is refused.
 *
 * @param outcome  gives the answer, or throws why there is none; asked on the thread that wants to know
 * @param evidence the newest position that this rests on: while that is not durable, nobody may hear of it
 */
record Verdict(Supplier<Appended> outcome, long evidence) {
    static Verdict refused(Supplier<? extends RuntimeException> why, long evidence) {
        return new Verdict(() -> {
            throw why.get();
        }, evidence);
    }
}
