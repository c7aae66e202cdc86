package letopis.engine.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A stream, category, type or tag, and the ascending positions of its events.
 *
 * <p>One thread adds; any number reads, without locks, and looks only at what lies at or below a head that was published.
 * The array is set before the count is, and read after it, so that it always holds as many positions as were counted. In
 * memory a position takes 32 bits: {@link Index#MAX_POSITION}.
 */
final class Term {
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(Term.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int FIRST_CAPACITY = 2;
    private static final int DOUBLED_UP_TO = 64;

    private final byte[] name;
    private final int hash;
    private final int number;
    private int[] positions = new int[FIRST_CAPACITY];
    private volatile int count;

    Term(byte[] name, int hash, int number) {
        this.name = name;
        this.hash = hash;
        this.number = number;
    }

    byte[] name() {
        return name;
    }

    String text() {
        return new String(name, StandardCharsets.UTF_8);
    }

    int hash() {
        return hash;
    }

    /** How many terms of its kind were there before it. */
    int number() {
        return number;
    }

    boolean isNamed(byte[] array, int offset, int length) {
        return Arrays.equals(name, 0, name.length, array, offset, offset + length);
    }

    void add(long position) {
        int at = count;
        if (at == positions.length) {
            positions = Arrays.copyOf(positions, at <= DOUBLED_UP_TO ? at * 2 : at + (at >> 1));
        }
        positions[at] = (int) position;
        COUNT.setRelease(this, at + 1);
    }

    /** How many positions there are, published or not. For the thread that adds. */
    int count() {
        return count;
    }

    /** The newest position, published or not; 0 if there is none. For the thread that adds. */
    long last() {
        int all = count;
        return all == 0 ? 0 : at(all - 1);
    }

    /** The position of this rank, from 0 on, which must be below a count that was seen. */
    long at(int rank) {
        return Integer.toUnsignedLong(positions[rank]);
    }

    /** How many positions lie at or below this one: the rank of the first that lies above. */
    int countUpTo(long position) {
        int all = count;
        if (all == 0 || at(all - 1) <= position) {
            return all;
        }
        return rankAbove(position, 0, all);
    }

    /** The first rank in a range whose position lies above this one; the end of the range if there is none. */
    int rankAbove(long position, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle) <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public String toString() {
        return text() + " (" + count + ")";
    }
}
