package letopis.engine.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Goes through the bytes of a payload, and never beyond them. */
final class PayloadCursor {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] array;
    private final int end;
    private int at;

    PayloadCursor(byte[] array, int from, int end) {
        this.array = array;
        this.at = from;
        this.end = end;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    int takeByte() throws MalformedRecordException {
        need(1);
        return array[at++] & 0xff;
    }

    /** Eight bytes, the low one first. */
    long takeLong() throws MalformedRecordException {
        need(8);
        long value = (long) LONGS.get(array, at);
        at += 8;
        return value;
    }

    long takeVarint() throws MalformedRecordException {
        long value = 0;
        for (int shift = 0; shift < 7 * Varint.MAX_BYTES; shift += 7) {
            int next = takeByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedRecordException("a number of more than 9 bytes ends at byte " + at);
    }

    /** The length of what comes next, all of which is there. */
    int takeLength() throws MalformedRecordException {
        long length = takeVarint();
        if (length > left()) {
            throw new MalformedRecordException(
                    "a length of " + length + " at byte " + at + " goes beyond the payload's " + left()
                            + " bytes left");
        }
        return (int) length;
    }

    void skip(int bytes) throws MalformedRecordException {
        need(bytes);
        at += bytes;
    }

    String takeText() throws MalformedRecordException {
        int length = takeLength();
        String text = new String(array, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    private void need(int bytes) throws MalformedRecordException {
        if (end - at < bytes) {
            throw new MalformedRecordException("the payload ends at byte " + end + ", in the middle of a field");
        }
    }
}
