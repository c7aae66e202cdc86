package letopis.engine.index;

import letopis.engine.index.run.Entry;

/** The positions of a term of one part in a range. */
final class EntryCursor implements CountedCursor {
    private final Entry entry;
    private final boolean backwards;
    private final long end;
    private long rank;

    /** @param fromRank the first rank that counts */
    EntryCursor(Entry entry, long fromRank, long lowest, long highest, boolean backwards) {
        this.entry = entry;
        this.backwards = backwards;
        long from = Math.max(fromRank, entry.countUpTo(lowest - 1));
        long to = Math.max(from, entry.countUpTo(highest));
        this.rank = backwards ? to - 1 : from;
        this.end = backwards ? from - 1 : to;
    }

    @Override
    public long left() {
        return Math.abs(end - rank);
    }

    @Override
    public long seek(long key) {
        if (rank == end) {
            return END;
        }
        return backwards ? seekBackwards(-key) : seekForwards(key);
    }

    private long seekForwards(long target) {
        if (entry.at(rank) < target) {
            rank = entry.rankAbove(target - 1, rank + 1, end);
        }
        return rank == end ? END : entry.at(rank);
    }

    /** In steps that double: near targets cost next to nothing, far ones the logarithm of the way. */
    private long seekBackwards(long target) {
        if (entry.at(rank) > target) {
            long step = 1;
            long high = rank;
            while (high - end > step && entry.at(high - step) > target) {
                high -= step;
                step <<= 1;
            }
            rank = entry.rankAbove(target, Math.max(high - step, end + 1), high) - 1;
        }
        return rank == end ? END : -entry.at(rank);
    }
}
