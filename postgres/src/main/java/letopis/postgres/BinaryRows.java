package letopis.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;

import letopis.store.Bytes;
import org.postgresql.copy.CopyIn;

/** Rows in the binary format of {@code copy}, field by field; they are sent as they fill a buffer. */
final class BinaryRows {
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0,
            0, 0, 0};
    /** The server reads so much at a time, and works on it while more is put together. */
    private static final int SENT_AT_ONCE = 64 << 10;
    private static final int NULL = -1;
    private static final int TEXT = 25;
    private static final long FROM_1970_TO_2000 = 946_684_800L;

    private final CopyIn target;
    private ByteBuffer buffer = ByteBuffer.allocate(SENT_AT_ONCE + (SENT_AT_ONCE >> 2));

    BinaryRows(CopyIn target) {
        this.target = target;
        buffer.put(HEADER);
    }

    void begin(int fields) throws SQLException {
        if (buffer.position() >= SENT_AT_ONCE) {
            send();
        }
        room(Short.BYTES).putShort((short) fields);
    }

    /** Sends what is left, and ends. */
    void end() throws SQLException {
        room(Short.BYTES).putShort((short) NULL);
        send();
        target.endCopy();
    }

    private void send() throws SQLException {
        target.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    void number(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
    }

    void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
    }

    void texts(Collection<String> values) {
        int begin = room(6 * Integer.BYTES).position();
        buffer.putInt(0).putInt(values.isEmpty() ? 0 : 1).putInt(0).putInt(TEXT);
        if (!values.isEmpty()) {
            buffer.putInt(values.size()).putInt(1);
            values.forEach(this::text);
        }
        buffer.putInt(begin, buffer.position() - begin - Integer.BYTES);
    }

    void uuid(UUID value) {
        room(Integer.BYTES + 2 * Long.BYTES).putInt(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
    }

    void time(Instant value) {
        number(micros(value));
    }

    /** Since 2000; a time that cannot be counted so is one that the server refuses, which must not be taken for one without end. */
    private static long micros(Instant time) {
        try {
            return Math.addExact(
                    Math.multiplyExact(Math.subtractExact(time.getEpochSecond(), FROM_1970_TO_2000), 1_000_000L),
                    time.getNano() / 1_000);
        } catch (ArithmeticException _) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE + 1 : Long.MAX_VALUE - 1;
        }
    }

    /** Two fields, of which one is null: the value if it is JSON, and if it is not; both, if it is empty. */
    void jsonOrBytes(Bytes value) {
        room(2 * Integer.BYTES + value.length());
        if (value.isEmpty()) {
            buffer.putInt(NULL).putInt(NULL);
            return;
        }
        int begin = buffer.position();
        buffer.putInt(value.length());
        value.putInto(buffer);
        if (JsonText.is(buffer.array(), begin + Integer.BYTES, buffer.position())) {
            buffer.putInt(NULL);
        } else {
            buffer.position(begin).putInt(NULL).putInt(value.length());
            value.putInto(buffer);
        }
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            buffer = ByteBuffer
                    .wrap(Arrays.copyOf(buffer.array(), Math.max(2 * buffer.capacity(), buffer.position() + bytes)))
                    .position(buffer.position());
        }
        return buffer;
    }
}
