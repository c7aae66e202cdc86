package letopis.engine.index;

import java.util.Optional;

/**
 * Figures of an index.
 *
 * @param runs         how many runs it has
 * @param runBytes     how many bytes they take
 * @param unsavedRuns  how many of them are on the heap, because there is no disk for them or it cannot be written
 * @param frozenParts  how many parts in memory wait to become runs
 * @param memoryEvents how many events are in memory, not in runs
 * @param failure      why the index cannot be written now, in words; the store works without it
 */
public record IndexStats(int runs, long runBytes, int unsavedRuns, int frozenParts, long memoryEvents,
        Optional<String> failure) {}
