package letopis.engine.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import letopis.engine.index.run.Entry;
import letopis.engine.index.run.EntryWalk;
import letopis.engine.index.run.Fingerprint;
import letopis.engine.index.run.Run;
import letopis.engine.index.run.RunCheck;
import letopis.engine.index.run.StreamRules;
import letopis.engine.index.run.TermKey;
import letopis.engine.index.run.TermKind;
import letopis.engine.record.EventKeys;
import letopis.engine.record.ForgetRecord;
import letopis.engine.record.Name;
import letopis.store.StoreDamagedException;
import org.jspecify.annotations.Nullable;

/**
 * Compares the runs of an index with the journal: of each run a sum over all that it says ({@link Fingerprint}) must be the sum
 * over the records of its events, each term must be found, each stream must go on where an older run ended it, and what is
 * forgotten must be the same. Takes memory for the streams of which something is forgotten, and a bit for each erased event.
 */
public final class IndexVerification {
    private static final byte[] FROM_THE_FIRST = {};

    private final View view;
    private final List<Run> runs = new ArrayList<>();
    private final List<BitSet> erased = new ArrayList<>();
    private final long[] sums;
    private final long seed;
    private final Map<Name, StreamRules> rules = new HashMap<>();
    private boolean anyErased;
    private int current;

    /** @param index as it was opened, with nothing added yet */
    public IndexVerification(Index index) {
        view = index.view();
        for (Slot slot : view.slots()) {
            if (slot.part() instanceof Run run) {
                runs.add(run);
                erased.add(new BitSet());
            }
        }
        sums = new long[runs.size()];
        seed = TermKey.seed(index.storeId());
    }

    private int runOf(long position) {
        while (runs.get(current).last() < position) {
            current++;
        }
        return current;
    }

    /** An event of the journal; each in turn, as far as the runs reach. */
    public void event(EventKeys event, long place) {
        long position = event.position();
        byte[] array = event.array();
        int stream = event.streamOffset();
        int length = event.streamLength();
        int category = 0;
        while (category < length && array[stream + category] != '-') {
            category++;
        }
        long sum = Fingerprint.position(position, place, event.timeMicros());
        sum += Fingerprint.posting(seed, TermKind.STREAM, array, stream, length, position, event.revision());
        sum += Fingerprint.posting(seed, TermKind.CATEGORY, array, stream, category, position, 0);
        sum += Fingerprint.posting(seed, TermKind.TYPE, array, event.typeOffset(), event.typeLength(), position, 0);
        for (int i = 0; i < event.tagCount(); i++) {
            sum += Fingerprint.posting(seed, TermKind.TAG, array, event.tagOffset(i), event.tagLength(i), position, 0);
        }
        sums[runOf(position)] += sum;
    }

    /** An event of which nothing is left; the runs may still have it. */
    public void erased(long position) {
        anyErased = true;
        int run = runOf(position);
        erased.get(run).set((int) (position - runs.get(run).base()));
    }

    /** Something was forgotten. */
    public void forget(ForgetRecord record) {
        rules.merge(Name.of(record.forget().stream()), StreamRules.NONE.with(record), (old, _) -> old.with(record));
    }

    /** Events of a stream may be gone. */
    public void floor(Name stream, StreamRules.Floor floor) {
        rules.merge(stream, StreamRules.NONE.with(floor), (old, _) -> old.with(floor));
    }

    /** Compares; says each fault that it finds. */
    public void finish(Consumer<StoreDamagedException> faults) {
        for (int i = 0; i < sums.length; i++) {
            Run run = runs.get(i);
            BitSet gone = erased.get(i);
            try {
                if (RunCheck.fingerprint(run, position -> gone.get((int) (position - run.base()))) != sums[i]) {
                    throw fault(run, "the run says something else than the journal of the events from "
                            + (run.base() + 1) + " to " + run.last());
                }
                checkRevisions(i);
            } catch (StoreDamagedException e) {
                faults.accept(e);
            }
        }
        try {
            rules.forEach(this::checkRules);
        } catch (StoreDamagedException e) {
            faults.accept(e);
        }
    }

    private void checkRevisions(int run) {
        EntryWalk walk = runs.get(run).entries(TermKind.STREAM, FROM_THE_FIRST);
        for (Entry entry = walk.next(); entry != null; entry = walk.next()) {
            long expected = entry.count() == 0 || (anyErased && entry.baseRevision() > 0)
                    ? entry.baseRevision()
                    : nextRevision(entry.name(), run);
            if (entry.baseRevision() != expected) {
                throw fault(runs.get(run), "stream " + Name.ofUtf8(entry.name()) + " goes on at revision "
                        + entry.baseRevision() + " and not at " + expected);
            }
        }
    }

    private long nextRevision(byte[] stream, int beforeRun) {
        TermKey key = view.key(TermKind.STREAM, Name.ofUtf8(stream));
        for (int i = beforeRun - 1; i >= 0; i--) {
            Entry older = runs.get(i).find(key);
            if (older != null) {
                return older.baseRevision() + older.count();
            }
        }
        return 0;
    }

    private void checkRules(Name stream, StreamRules expected) {
        TermKey key = view.key(TermKind.STREAM, stream);
        @Nullable
        Entry newest = view.newest(key, true); // the part in memory may know what was forgotten behind the runs
        StreamRules found = newest == null ? StreamRules.NONE : newest.rules();
        if (!found.equals(expected)) {
            throw fault(runs.getLast(), "of stream " + stream + " something else is forgotten than the journal says");
        }
    }

    private static StoreDamagedException fault(Run run, String what) {
        return new StoreDamagedException(run.name(), 0,
                what + "; close the store and delete its folder index, which is made anew from the journal");
    }
}
