package letopis.engine.record;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The payload of a record that says from which revision on events of a stream are kept for good: those before it may be gone
 * from the disk. Written before they are erased; of the kind of what forgets, beside {@link ForgetRecord}.
 *
 * <pre>
 *    0          1               9
 *    | what: 5  | time (micros) | first kept revision | stream | last position | its time (micros)
 *      1          8               v                     v + n    v               8
 * </pre>
 *
 * @param timeMicros         when it was recorded
 * @param firstKept          the first revision that is kept
 * @param lastPosition       the position of the event before it
 * @param lastPositionMicros when that was recorded
 */
public record FloorRecord(Name stream, long timeMicros, long firstKept, long lastPosition, long lastPositionMicros) {
    private static final int WHAT = 5;

    /** Whether a payload is such a one. */
    public static boolean isAt(ByteBuffer payload) {
        return payload.hasRemaining() && payload.get(payload.position()) == WHAT;
    }

    public byte[] encode() {
        byte[] name = stream.utf8();
        byte[] array = new byte[1 + 8 + 3 * Varint.MAX_BYTES + name.length + 8];
        array[0] = WHAT;
        putLong(array, 1, timeMicros);
        int at = Varint.put(array, 9, firstKept);
        at = Varint.put(array, at, name.length);
        System.arraycopy(name, 0, array, at, name.length);
        at = Varint.put(array, at + name.length, lastPosition);
        putLong(array, at, lastPositionMicros);
        return Arrays.copyOf(array, at + 8);
    }

    private static void putLong(byte[] array, int at, long value) {
        for (int i = 0; i < 8; i++) {
            array[at + i] = (byte) (value >>> (8 * i));
        }
    }

    /** @throws MalformedRecordException if the payload is none */
    public static FloorRecord decode(ByteBuffer payload) throws MalformedRecordException {
        byte[] array = new byte[payload.remaining()];
        payload.get(array);
        PayloadCursor cursor = new PayloadCursor(array, 0, array.length);
        int what = cursor.takeByte();
        long timeMicros = cursor.takeLong();
        long firstKept = cursor.takeVarint();
        String stream = cursor.takeText();
        long lastPosition = cursor.takeVarint();
        long lastPositionMicros = cursor.takeLong();
        if (what != WHAT || cursor.left() > 0 || firstKept < 1 || lastPosition < 1) {
            throw new MalformedRecordException("a floor that cannot be");
        }
        return new FloorRecord(Name.of(stream), timeMicros, firstKept, lastPosition, lastPositionMicros);
    }
}
