package letopis.engine.index;

import java.util.Arrays;
import java.util.Comparator;

import letopis.engine.index.run.Entry;
import letopis.engine.index.run.EntryWalk;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a kind in the order of their names' bytes, for listings and for runs. Sorted when somebody asks, on the thread
 * that asks, and kept: the writer does nothing for it, and whoever never lists them pays nothing.
 */
final class SortedNames {
    private static final Comparator<Term> BY_NAME = (one, other) -> Arrays.compareUnsigned(one.name(), other.name());

    private final Terms terms;
    private Term[] sorted = new Term[0];

    SortedNames(Terms terms) {
        this.terms = terms;
    }

    /** Goes through the terms there are now, from this name on. */
    EntryWalk walk(byte[] from) {
        Term[] all = upToDate(terms.size());
        int first = firstAtOrAfter(all, from);
        return new EntryWalk() {
            private int next = first;

            @Override
            public @Nullable Entry next() {
                return next == all.length ? null : all[next++];
            }
        };
    }

    private synchronized Term[] upToDate(int size) {
        if (size > sorted.length) {
            Term[] all = Arrays.copyOf(sorted, size);
            for (int i = sorted.length; i < size; i++) {
                all[i] = terms.get(i);
            }
            Arrays.sort(all, BY_NAME); // finds the sorted part by itself, and merges
            sorted = all;
        }
        return sorted;
    }

    private static int firstAtOrAfter(Term[] all, byte[] name) {
        int low = 0;
        int high = all.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(all[middle].name(), name) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
