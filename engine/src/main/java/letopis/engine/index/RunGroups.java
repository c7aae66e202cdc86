package letopis.engine.index;

import java.util.List;
import java.util.Optional;

import letopis.engine.index.run.Run;

/** Which runs are to be merged, and which a manifest may name. */
final class RunGroups {
    private RunGroups() {}

    /** Neighbours that are merged into one of the next level. */
    record Group(List<Slot> slots, int level) {}

    /** How many slots a manifest may name: the saved runs up to the last one of which is known how far it reaches. */
    static int named(List<Slot> slots) {
        int named = 0;
        for (int i = 0; i < slots.size() && slots.get(i).isSaved(); i++) {
            if (slots.get(i).end().isPresent()) {
                named = i + 1;
            }
        }
        return named;
    }

    /**
     * The oldest runs of the lowest level that has enough of them. A run counts at least as much as those after it, so that
     * none is left behind among larger ones.
     *
     * @param belowLevel only of lower levels than this one
     * @param saved      whether those on disk, or those that are not
     * @param maxBytes   how large they may be together
     */
    static Optional<Group> due(List<Slot> slots, int fanOut, int belowLevel, boolean saved, long maxBytes) {
        int named = named(slots);
        int streak = 0;
        int level = -1;
        for (int i = slots.size() - 1; i >= 0; i--) {
            if (!slots.get(i).isRun() || slots.get(i).isSaved() != saved) {
                streak = 0;
                continue;
            }
            int its = Math.max(level, ((Run) slots.get(i).part()).level());
            streak = its == level ? streak + 1 : 1;
            level = its;
            if (level >= belowLevel) {
                return Optional.empty();
            }
            boolean endsHere = i == 0 || slots.get(i - 1).isSaved() != saved
                    || ((Run) slots.get(i - 1).part()).level() > level;
            if (streak >= fanOut && endsHere) {
                List<Slot> group = slots.subList(i, i + fanOut);
                // what the manifest names stays named until another one does
                boolean allOrNone = i + fanOut <= named || i >= named;
                if (allOrNone && bytes(group) <= maxBytes) {
                    return Optional.of(new Group(List.copyOf(group), level));
                }
            }
        }
        return Optional.empty();
    }

    private static long bytes(List<Slot> group) {
        long bytes = 0;
        for (Slot slot : group) {
            bytes += ((Run) slot.part()).bytes();
        }
        return bytes;
    }
}
