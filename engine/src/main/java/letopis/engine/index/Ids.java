package letopis.engine.index;

/**
 * Where the event of an id is: open addressing over the whole 128 bits, which are kept once, by position. A slot has the
 * position and half of the id's hash, so that an id that is not there is told by the table alone. Cut into many small tables,
 * so that none takes long to be made larger. For the writer alone.
 */
final class Ids {
    private static final int TABLES = 1 << 10;
    private static final int FIRST_SLOTS = 16;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final LongColumn high = new LongColumn();
    private final LongColumn low = new LongColumn();
    private final long[][] tables = new long[TABLES][FIRST_SLOTS];
    private final int[] sizes = new int[TABLES];

    /** The position of the event with this id, or 0. */
    long find(long idHigh, long idLow) {
        long hash = hash(idHigh, idLow);
        long[] table = tables[table(hash)];
        int mask = table.length - 1;
        for (int slot = (int) hash & mask; table[slot] != 0; slot = (slot + 1) & mask) {
            if ((int) table[slot] == (int) hash) {
                long position = table[slot] >>> 32;
                if (high.get(position) == idHigh && low.get(position) == idLow) {
                    return position;
                }
            }
        }
        return 0;
    }

    /** Adds an id; its event has a position from 1 to {@link Index#MAX_POSITION}. */
    void add(long idHigh, long idLow, long position) {
        high.set(position, idHigh);
        low.set(position, idLow);
        long hash = hash(idHigh, idLow);
        int number = table(hash);
        long[] table = tables[number];
        if (3L * ++sizes[number] > 2L * table.length) {
            long[] larger = new long[table.length * 2];
            for (long other : table) {
                if (other != 0) {
                    put(larger, other);
                }
            }
            tables[number] = larger;
            table = larger;
        }
        put(table, (position << 32) | (hash & 0xFFFF_FFFFL));
    }

    private static void put(long[] table, long entry) {
        int mask = table.length - 1;
        int slot = (int) entry & mask;
        while (table[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        table[slot] = entry;
    }

    private static int table(long hash) {
        return (int) (hash >>> 32) & (TABLES - 1);
    }

    private static long hash(long idHigh, long idLow) {
        long hash = (idHigh ^ Long.rotateLeft(idLow, 32)) * MULTIPLIER;
        hash = (hash ^ (hash >>> 32) ^ idLow) * MULTIPLIER;
        return hash ^ (hash >>> 29);
    }
}
