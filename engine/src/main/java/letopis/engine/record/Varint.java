package letopis.engine.record;

/** Numbers from 0 on in as few bytes as they need: seven bits a byte, low ones first, the top bit set where more follow. */
final class Varint {
    static final int MAX_BYTES = 9;

    private Varint() {}

    static int size(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** @return the index behind the number */
    static int put(byte[] target, int at, long value) {
        while (value > 0x7f) {
            target[at++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        target[at++] = (byte) value;
        return at;
    }
}
