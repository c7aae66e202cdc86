package letopis.engine;

import java.util.Optional;

/**
 * Figures of a store's index.
 *
 * @param runs           how many sorted files it has
 * @param runBytes       how many bytes they take
 * @param unsavedRuns    how many of them are in memory, because this opening only reads, or because they cannot be written
 * @param frozenParts    how many parts in memory wait to become runs
 * @param memoryEvents   how many of the newest events are in memory and not in runs
 * @param replayedEvents how many events the opening read from the journal
 * @param rebuilt        whether the opening made the index anew
 * @param failure        why the index cannot be written now; nothing is lost, and it is tried again
 */
public record IndexFigures(int runs, long runBytes, int unsavedRuns, int frozenParts, long memoryEvents,
        long replayedEvents, boolean rebuilt, Optional<String> failure) {}
