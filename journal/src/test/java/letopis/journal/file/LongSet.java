package letopis.journal.file;

/** A set of numbers other than 0, for any number of threads. */
final class LongSet {
    private static final int STRIPES = 64;

    private final Stripe[] stripes = new Stripe[STRIPES];

    LongSet() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** Whether it was not there yet. */
    boolean add(long value) {
        return stripes[(int) (value >>> 58)].add(value == 0 ? 1 : value);
    }

    private static final class Stripe {
        private long[] table = new long[1 << 10];
        private int size;

        private synchronized boolean add(long value) {
            if (size * 2 >= table.length) {
                long[] old = table;
                table = new long[old.length * 2];
                for (long each : old) {
                    if (each != 0) {
                        table[slot(each)] = each;
                    }
                }
            }
            int slot = slot(value);
            if (table[slot] == value) {
                return false;
            }
            table[slot] = value;
            size++;
            return true;
        }

        private int slot(long value) {
            int slot = (int) ((value * 0x9E37_79B9_7F4A_7C15L) >>> 20) & (table.length - 1);
            while (table[slot] != 0 && table[slot] != value) {
                slot = (slot + 1) & (table.length - 1);
            }
            return slot;
        }
    }
}
