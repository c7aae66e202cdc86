package letopis.engine;

import java.util.List;
import java.util.Optional;

/**
 * What a repair does to a store, and what is given up by it.
 *
 * @param damage    the damage at which the log is cut; nothing if nothing needs to be given up
 * @param rewritten files that are made anew from what other files say
 * @param setAside  segments that are kept under names that end with {@code .given-up}, because the log ends in them or before
 * @param head      the position of the last event that is kept
 * @param lastKnown the position of the last event that is known to have been there; all between the head and this are given up
 */
public record RepairReport(Optional<Fault> damage, List<String> rewritten, List<String> setAside, long head,
        long lastKnown) {
    public RepairReport {
        rewritten = List.copyOf(rewritten);
        setAside = List.copyOf(setAside);
    }

    /** Whether there is nothing to repair. */
    public boolean isEmpty() {
        return damage.isEmpty() && rewritten.isEmpty();
    }
}
