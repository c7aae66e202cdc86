package letopis.engine.sequencer;

import java.util.Optional;
import java.util.function.Supplier;

import letopis.engine.record.Name;
import letopis.store.Appended;

/**
 * What came out for an append that is not to be written: it was before, or it is refused.
 *
 * @param outcome  gives the answer, or throws why there is none; asked on the thread that wants to know
 * @param evidence the newest position that this rests on: while that is not durable, nobody may hear of it
 * @param lostOn   the stream whose revision is not the expected one, if that is why
 */
record Verdict(Supplier<Appended> outcome, long evidence, Optional<Name> lostOn) {
    static Verdict repeated(Supplier<Appended> outcome, long evidence) {
        return new Verdict(outcome, evidence, Optional.empty());
    }

    static Verdict refused(Supplier<? extends RuntimeException> why, long evidence) {
        return refused(why, evidence, Optional.empty());
    }

    static Verdict lostOn(Name stream, Supplier<? extends RuntimeException> why, long evidence) {
        return refused(why, evidence, Optional.of(stream));
    }

    private static Verdict refused(Supplier<? extends RuntimeException> why, long evidence, Optional<Name> lostOn) {
        return new Verdict(() -> {
            throw why.get();
        }, evidence, lostOn);
    }
}
