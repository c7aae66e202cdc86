package letopis.journal.file;

import java.util.List;
import java.util.Optional;

/**
 * What has to be done so that a damaged journal can be opened again, and what is lost by it.
 *
 * @param damage     the first thing that is wrong with the log; nothing if only what can be made anew is
 * @param rewritten  files that are made anew, from what other files say; nothing is lost by it
 * @param setAside   segments whose bytes are kept under another name, because the log ends in them or before them
 * @param lastBlock  the number of the last block that is kept
 * @param head       the position of the last event that is kept
 * @param givenUp    how many intact blocks lie behind the damage, and are given up with it
 * @param givenUpTo  the position of the last event in them, or the head
 */
public record RepairPlan(Optional<JournalFault> damage, List<String> rewritten, List<String> setAside, long lastBlock,
        long head, long givenUp, long givenUpTo) {
    public RepairPlan {
        rewritten = List.copyOf(rewritten);
        setAside = List.copyOf(setAside);
    }

    /** Whether there is nothing to be done. */
    public boolean isEmpty() {
        return damage.isEmpty() && rewritten.isEmpty();
    }
}
