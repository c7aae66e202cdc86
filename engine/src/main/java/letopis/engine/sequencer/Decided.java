package letopis.engine.sequencer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import letopis.store.OutcomeUnknownException;
import org.jspecify.annotations.Nullable;

/**
 * A request whose outcome is known, and is told when all that it tells of is durable.
 *
 * @param written whether it has records in the block
 */
record Decided(Request request, Supplier<?> outcome, boolean written) {
    /** The same requests, of which nobody knows what came out, as far as they were to be written. */
    static List<Decided> unknown(List<Decided> all, Throwable cause, Supplier<RuntimeException> failed) {
        return all.stream()
                .map(it -> it.failed(it.written
                        ? () -> new OutcomeUnknownException("writing it failed: " + cause, cause)
                        : failed))
                .toList();
    }

    /** The same requests, of which nothing was written, those that wait to be decided on, and another one, if it is not among them. */
    static List<Decided> refused(List<Decided> all, List<? extends Request> held, @Nullable Request another,
            Supplier<RuntimeException> why) {
        List<Decided> refused = new ArrayList<>(all.size() + held.size() + 1);
        all.forEach(it -> refused.add(it.failed(why)));
        held.forEach(it -> refused.add(refused(it, why)));
        if (another != null && refused.stream().noneMatch(it -> it.request.equals(another))) {
            refused.add(refused(another, why));
        }
        return refused;
    }

    private static Decided refused(Request request, Supplier<RuntimeException> why) {
        return new Decided(request, () -> "", false).failed(why);
    }

    private Decided failed(Supplier<RuntimeException> why) {
        return new Decided(request, () -> {
            throw why.get();
        }, written);
    }
}
