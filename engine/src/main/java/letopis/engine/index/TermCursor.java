package letopis.engine.index;

/**
 * The positions of a term in a range. Searches in steps that double, from where it is: near targets cost next to nothing, and
 * far ones the logarithm of the way.
 */
final class TermCursor implements PositionCursor {
    private final Term term;
    private final boolean backwards;
    private final int end;
    private int rank;

    TermCursor(Term term, long lowest, long highest, boolean backwards) {
        this.term = term;
        this.backwards = backwards;
        int from = term.countUpTo(lowest - 1);
        int to = Math.max(from, term.countUpTo(highest));
        this.rank = backwards ? to - 1 : from;
        this.end = backwards ? from - 1 : to;
    }

    /** How many positions are left. */
    int left() {
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
        if (term.at(rank) < target) {
            int step = 1;
            int low = rank;
            while (end - low > step && term.at(low + step) < target) {
                low += step;
                step <<= 1;
            }
            rank = term.rankAbove(target - 1, low + 1, (int) Math.min((long) low + step, end));
        }
        return rank == end ? END : term.at(rank);
    }

    private long seekBackwards(long target) {
        if (term.at(rank) > target) {
            int step = 1;
            int high = rank;
            while (high - end > step && term.at(high - step) > target) {
                high -= step;
                step <<= 1;
            }
            rank = term.rankAbove(target, Math.max(high - step, end + 1), high) - 1;
        }
        return rank == end ? END : -term.at(rank);
    }
}
