package letopis.engine.index;

import java.util.UUID;
import java.util.function.LongPredicate;

/**
 * Where the newest events are by their ids: a window of so many of them. Keeps 32 bits of the hash of each, so that what it
 * finds must be confirmed: open addressing in many small tables, of which none takes long to be made larger. What leaves the
 * window is taken out, and those behind it in its table move up. About 20 bytes for each event of the window. For the writer
 * alone.
 */
final class Ids {
    private static final int TABLES = 1 << 10;
    private static final int FIRST_SLOTS = 16;
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final long window;
    private final IntColumn hashes = new IntColumn();
    private final long[][] tables;
    private final int[] sizes = new int[TABLES];
    private long first;
    private long last;

    /**
     * @param window   how many of the newest events are known
     * @param expected how many will be soon
     */
    Ids(long window, long expected) {
        this.window = window;
        int slots = FIRST_SLOTS;
        while ((long) slots * TABLES < 2 * expected) {
            slots *= 2;
        }
        tables = new long[TABLES][slots];
    }

    static int hash(long seed, UUID id) {
        return hash(seed, id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** The hash of an id. */
    static int hash(long seed, long idHigh, long idLow) {
        long hash = (seed ^ idHigh ^ Long.rotateLeft(idLow, 32)) * MULTIPLIER;
        hash = (hash ^ (hash >>> 32) ^ idLow) * MULTIPLIER;
        return (int) (hash >>> 32);
    }

    /**
     * Looks at what will be looked at when the id with this hash is the so many-th that is added from now on, the first one being 0: its
     * own place, and that of the id which leaves the window for it.
     */
    int touch(int hash, int ahead) {
        long leaving = last + 1 + ahead - window;
        return first == 0 || leaving < first
                ? touch(hash)
                : touch(hash) + touch(hashes.get(leaving % window));
    }

    private int touch(int hash) {
        long[] table = tables[table(hash)];
        return (int) table[hash & table.length - 1];
    }

    /** A position of an event whose id has this hash, and which is confirmed; 0 if there is none. */
    long find(int hash, LongPredicate isIt) {
        long[] table = tables[table(hash)];
        int mask = table.length - 1;
        for (int slot = hash & mask; table[slot] != 0; slot = slot + 1 & mask) {
            if ((int) table[slot] == hash && isIt.test(position(table[slot]))) {
                return position(table[slot]);
            }
        }
        return 0;
    }

    /** The window has one event for each place in the ring: the newest that belongs there. */
    private long position(long entry) {
        long place = (entry >>> 32) - 1;
        return last - Math.floorMod(last - place, window);
    }

    /** The hash of the id of an event in the window. */
    int hash(long position) {
        return hashes.get(position % window);
    }

    /** Adds the id of the event that follows the one added last. */
    void add(int hash, long position) {
        if (window == 0) {
            return;
        }
        long place = position % window;
        if (first == 0) {
            first = position;
        } else if (position - window >= first) {
            remove(hashes.get(place), place);
        }
        last = position;
        hashes.set(place, hash);
        int number = table(hash);
        if (3L * ++sizes[number] > 2L * tables[number].length) {
            long[] larger = new long[tables[number].length * 2];
            for (long other : tables[number]) {
                if (other != 0) {
                    put(larger, other);
                }
            }
            tables[number] = larger;
        }
        put(tables[number], (place + 1) << 32 | (hash & 0xFFFF_FFFFL));
    }

    private void remove(int hash, long place) {
        long[] table = tables[table(hash)];
        int mask = table.length - 1;
        long entry = (place + 1) << 32 | (hash & 0xFFFF_FFFFL);
        int slot = hash & mask;
        while (table[slot] != entry) {
            slot = slot + 1 & mask;
        }
        sizes[table(hash)]--;
        int hole = slot;
        for (int next = slot + 1 & mask; table[next] != 0; next = next + 1 & mask) {
            int home = (int) table[next] & mask;
            if ((next - home & mask) >= (next - hole & mask)) {
                table[hole] = table[next];
                hole = next;
            }
        }
        table[hole] = 0;
    }

    private static void put(long[] table, long entry) {
        int mask = table.length - 1;
        int slot = (int) entry & mask;
        while (table[slot] != 0) {
            slot = slot + 1 & mask;
        }
        table[slot] = entry;
    }

    private static int table(int hash) {
        return hash >>> 22;
    }
}
