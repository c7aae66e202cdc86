package letopis.engine.index.run;

import java.util.function.LongPredicate;

/** Goes through all that a run says. */
public final class RunCheck {
    private static final byte[] FROM_THE_FIRST = {};

    private RunCheck() {}

    /**
     * The {@link Fingerprint} of what a run really says, its erased events aside. Each of its terms must be found by its name.
     *
     * @throws letopis.store.StoreDamagedException if a page is not as it was written, or a term cannot be found
     */
    public static long fingerprint(Run run, LongPredicate erased) {
        run.checkAll();
        long sum = 0;
        for (long position = run.base() + 1; position <= run.last(); position++) {
            if (!erased.test(position)) {
                sum += Fingerprint.position(position, run.place(position), run.timeMicros(position));
            }
        }
        long seed = TermKey.seed(run.storeId());
        for (TermKind kind : TermKind.values()) {
            EntryWalk walk = run.entries(kind, FROM_THE_FIRST);
            for (Entry entry = walk.next(); entry != null; entry = walk.next()) {
                sum += fingerprint(run, seed, kind, entry, erased);
            }
        }
        return sum;
    }

    private static long fingerprint(Run run, long seed, TermKind kind, Entry entry, LongPredicate erased) {
        long hash = TermHash.of(seed, kind, entry.name(), 0, entry.name().length);
        if (!run.finds(kind, entry.name(), hash)) {
            throw run.damaged("a term that is there is not found by its name");
        }
        long sum = 0;
        for (long rank = 0; rank < entry.count(); rank++) {
            long position = entry.at(rank);
            if (position <= run.base() || position > run.last()) {
                throw run.damaged("a term has the position " + position + ", which is not in the run");
            }
            if (!erased.test(position)) {
                long revision = kind == TermKind.STREAM ? entry.baseRevision() + rank : 0;
                sum += Fingerprint.posting(hash, position, revision);
            }
        }
        return sum;
    }
}
