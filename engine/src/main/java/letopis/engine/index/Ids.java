package letopis.engine.index;

/**
 * Where the event of an id is: open addressing over the whole 128 bits, which are kept once, by position. Cut into many small
 * tables, so that none takes long to be made larger. For the writer alone.
 */
final class Ids {
    private static final int TABLES = 1 << 10;
    private static final int FIRST_SLOTS = 16;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final LongColumn high = new LongColumn();
    private final LongColumn low = new LongColumn();
    private final int[][] tables = new int[TABLES][FIRST_SLOTS];
    private final int[] sizes = new int[TABLES];

    /** The position of the event with this id, or 0. */
    long find(long idHigh, long idLow) {
        long hash = hash(idHigh, idLow);
        int[] table = tables[table(hash)];
        int mask = table.length - 1;
        for (int slot = (int) hash & mask; table[slot] != 0; slot = slot + 1 & mask) {
            long position = Integer.toUnsignedLong(table[slot]);
            if (high.get(position) == idHigh && low.get(position) == idLow) {
                return position;
            }
        }
        return 0;
    }

    void add(long idHigh, long idLow, long position) {
        high.set(position, idHigh);
        low.set(position, idLow);
        long hash = hash(idHigh, idLow);
        int number = table(hash);
        int[] table = tables[number];
        if (4L * ++sizes[number] > 3L * table.length) {
            int[] larger = new int[table.length * 2];
            for (int other : table) {
                if (other != 0) {
                    long at = Integer.toUnsignedLong(other);
                    put(larger, hash(high.get(at), low.get(at)), other);
                }
            }
            tables[number] = larger;
            table = larger;
        }
        put(table, hash, (int) position);
    }

    private static void put(int[] table, long hash, int position) {
        int mask = table.length - 1;
        int slot = (int) hash & mask;
        while (table[slot] != 0) {
            slot = slot + 1 & mask;
        }
        table[slot] = position;
    }

    private static int table(long hash) {
        return (int) (hash >>> 32) & TABLES - 1;
    }

    private static long hash(long idHigh, long idLow) {
        long hash = (idHigh ^ Long.rotateLeft(idLow, 32)) * MULTIPLIER;
        hash = (hash ^ hash >>> 32 ^ idLow) * MULTIPLIER;
        return hash ^ hash >>> 29;
    }
}
