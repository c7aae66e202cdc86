package letopis.engine.sequencer;

import java.util.function.Supplier;

import letopis.store.OutcomeUnknownException;

/**
 * A request whose outcome is known, and is told when all that it tells of is durable.
 *
 * @param written whether it has records in the block
 */
record Decided(Request request, Supplier<?> outcome, boolean written) {
    /** The same request, of which nobody knows what came out. */
    Decided unknown(Throwable cause) {
        return failed(() -> new OutcomeUnknownException("writing it failed: " + cause, cause));
    }

    /** The same request, which failed. */
    Decided failed(Supplier<RuntimeException> why) {
        return new Decided(request, () -> {
            throw why.get();
        }, written);
    }
}
