package letopis.engine.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

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
    private final long base;

    /** @param base the position before the first one of the part */
    Terms(long base) {
        this.base = base;
    }

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

    /** A new term of a name that nobody changes; nobody else sees the term before it is {@linkplain #add(Term) added}. */
    Term create(byte[] name, int hash) {
        return new Term(name, hash, size, base);
    }

    /** Adds a term that is not there yet. */
    void add(Term term) {
        int number = size;
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
}
