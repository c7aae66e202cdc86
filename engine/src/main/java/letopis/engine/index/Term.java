package letopis.engine.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import letopis.engine.index.run.Entry;
import letopis.engine.index.run.StreamRules;
import org.jspecify.annotations.Nullable;

/**
 * A stream, category, type or tag of a part in memory, and the ascending positions of its events.
 *
 * <p>One thread adds; any number reads, without locks, and looks only at what lies at or below a head that was published.
 * The array is set before the count is, and read after it, so that it always holds as many positions as were counted. Positions
 * are kept relative to the beginning of the part, in 32 bits.
 */
final class Term implements Entry {
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
    private final long base;
    private int[] positions = new int[FIRST_CAPACITY];
    private volatile int count;
    private @Nullable StreamFacts facts;

    /** What a stream has beside its positions. Whoever finds the term sees them. */
    static final class StreamFacts {
        private final Term category;
        private final boolean began;
        private long baseRevision;
        private volatile StreamRules rules;

        StreamFacts(Term category, boolean began, long baseRevision, StreamRules rules) {
            this.category = category;
            this.began = began;
            this.baseRevision = baseRevision;
            this.rules = rules;
        }
    }

    /** @param base the position before the first one of the part */
    Term(byte[] name, int hash, int number, long base) {
        this.name = name;
        this.hash = hash;
        this.number = number;
        this.base = base;
    }

    @Override
    public byte[] name() {
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
        positions[at] = (int) (position - base);
        COUNT.setRelease(this, at + 1);
    }

    // ---- of a stream

    /** Makes it a stream, before anybody else sees it. */
    void become(StreamFacts newFacts) {
        facts = newFacts;
    }

    private StreamFacts facts() {
        StreamFacts its = facts;
        if (its == null) {
            throw new AssertionError(this + " is no stream");
        }
        return its;
    }

    Term category() {
        return facts().category;
    }

    /** The revision that the next event gets. */
    long nextRevision() {
        return facts().baseRevision + count;
    }

    /** Lets the first event have a later revision, because those before it were erased. */
    void beginAt(long revision) {
        if (count > 0) {
            throw new AssertionError(this + " has begun already");
        }
        facts().baseRevision = revision;
    }

    void setRules(StreamRules rules) {
        facts().rules = rules;
    }

    @Override
    public long baseRevision() {
        StreamFacts its = facts;
        return its == null ? 0 : its.baseRevision;
    }

    @Override
    public StreamRules rules() {
        StreamFacts its = facts;
        return its == null ? StreamRules.NONE : its.rules;
    }

    @Override
    public boolean beganHere() {
        StreamFacts its = facts;
        return its != null && its.began;
    }

    // ---- positions

    @Override
    public long count() {
        return count;
    }

    @Override
    public long at(long rank) {
        return base + Integer.toUnsignedLong(positions[(int) rank]);
    }

    @Override
    public int copy(long rank, long[] target) {
        int[] all = positions;
        int copied = (int) Math.min(count - rank, target.length);
        for (int i = 0; i < copied; i++) {
            target[i] = base + Integer.toUnsignedLong(all[(int) rank + i]);
        }
        return copied;
    }

    @Override
    public long rankAbove(long position, long from, long to) {
        long low = from;
        long high = from + 1; // most targets are near: steps that double find them
        while (high < to && at(high - 1) <= position) {
            low = high;
            high += high - from;
        }
        high = Math.min(high, to);
        while (low < high) {
            long middle = (low + high) >>> 1;
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
