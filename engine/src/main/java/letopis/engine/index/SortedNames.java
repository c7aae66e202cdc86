package letopis.engine.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The streams in the order of their names' bytes, for listings. Sorted when somebody asks, on the thread that asks, and kept:
 * the writer does nothing for it, and whoever never lists streams pays nothing.
 */
final class SortedNames {
    private static final Comparator<Term> BY_NAME = (one, other) -> Arrays.compareUnsigned(one.name(), other.name());

    private final Terms terms;
    private Term[] sorted = new Term[0];

    SortedNames(Terms terms) {
        this.terms = terms;
    }

    /** The terms that begin with this prefix and lie behind this name, of those with events up to the head. */
    List<Term> page(byte[] prefix, byte[] after, int limit, long head) {
        Term[] all = upToDate(terms.sizeUpTo(head));
        boolean within = Arrays.compareUnsigned(after, prefix) >= 0;
        List<Term> page = new ArrayList<>();
        for (int at = firstAtOrAfter(all, within ? after : prefix); at < all.length && page.size() < limit; at++) {
            Term term = all[at];
            byte[] name = term.name();
            if (name.length < prefix.length || !Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length)) {
                break;
            }
            if (term.countUpTo(head) > 0 && !Arrays.equals(name, after)) {
                page.add(term);
            }
        }
        return page;
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
