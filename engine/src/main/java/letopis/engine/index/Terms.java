package letopis.engine.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Consumer;

import letopis.engine.record.Name;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one kind, found by their names: a hash table of open addressing, in which one thread adds and any number finds
 * without locks. A table that has become too small is copied; whoever still looks into the old one finds all that was
 * published when it began.
 */
final class Terms {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Term[].class);
    private static final int FIRST_SLOTS = 64;

    private volatile @Nullable Term[] slots = new Term[FIRST_SLOTS];
    private volatile Term[] byNumber = new Term[FIRST_SLOTS];
    private volatile int size;

    @Nullable
    Term find(Name name) {
        return find(name.utf8(), 0, name.utf8().length, name.hash());
    }

    @Nullable
    Term find(byte[] array, int offset, int length, int hash) {
        @Nullable
        Term[] table = slots;
        int mask = table.length - 1;
        for (int slot = hash & mask;; slot = slot + 1 & mask) {
            Term term = (Term) SLOT.getAcquire(table, slot);
            if (term == null || (term.hash() == hash && term.isNamed(array, offset, length))) {
                return term;
            }
        }
    }

    Term findOrAdd(Name name) {
        Term found = find(name);
        return found != null ? found : add(name.utf8(), name.hash());
    }

    Term findOrAdd(byte[] array, int offset, int length) {
        int hash = Name.hash(array, offset, length);
        Term found = find(array, offset, length, hash);
        return found != null ? found : add(Arrays.copyOfRange(array, offset, offset + length), hash);
    }

    /** Adds a term that is not there yet. */
    Term add(byte[] name, int hash) {
        int number = size;
        Term term = new Term(name, hash, number);
        if (number == byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, number * 2);
        }
        byNumber[number] = term;
        size = number + 1;
        if (2L * size > slots.length) {
            @Nullable
            Term[] larger = new Term[slots.length * 2];
            for (int i = 0; i < number; i++) {
                put(larger, byNumber[i]);
            }
            put(larger, term);
            slots = larger;
        } else {
            put(slots, term);
        }
        return term;
    }

    private static void put(@Nullable Term[] table, Term term) {
        int mask = table.length - 1;
        int slot = term.hash() & mask;
        while (table[slot] != null) {
            slot = slot + 1 & mask;
        }
        SLOT.setRelease(table, slot, term);
    }

    /** How many there are, published or not. */
    int size() {
        return size;
    }

    /** The term of a number below a size that was seen. */
    Term get(int number) {
        return byNumber[number];
    }

    /** How many terms have an event at or below this position; as numbers are given in the order of first events, the first. */
    int sizeUpTo(long head) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).countUpTo(head) > 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void forEachUpTo(long head, Consumer<Term> action) {
        int end = sizeUpTo(head);
        for (int i = 0; i < end; i++) {
            action.accept(get(i));
        }
    }
}
