package letopis.engine.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

import letopis.store.Forget;

/**
 * The payload of a record that forgets events of a stream; written as an {@linkplain EventRecord event} is.
 *
 * <pre>
 *    0      1                 9
 *    | what | time (micros)   | before revision | stream | retention
 *      1      8                 v                 v + n    only where what is 2
 *
 *    what: 1 truncate   2 retain   3 delete   4 tombstone
 *    before revision: the first revision that is kept; 0 for retain
 *    retention: flags (1), seconds (v) and nanoseconds (v) of the age, count (v)
 *               flags, bit 0: an age is there   bit 1: a count is there   bits 2 to 7: 0
 * </pre>
 *
 * @param timeMicros     when it was recorded
 * @param beforeRevision the first revision that is kept; 0 for {@link Forget.Retain}
 */
public record ForgetRecord(Forget forget, long timeMicros, long beforeRevision) {
    private static final int TRUNCATE = 1;
    private static final int RETAIN = 2;
    private static final int DELETE = 3;
    private static final int TOMBSTONE = 4;
    private static final int AGE = 1;
    private static final int COUNT = 2;

    public byte[] encode() {
        byte[] stream = forget.stream().getBytes(StandardCharsets.UTF_8);
        byte[] array = new byte[1 + 8 + 2 * Varint.MAX_BYTES + stream.length + 1 + 3 * Varint.MAX_BYTES];
        array[0] = (byte) switch (forget) {
            case Forget.Truncate _ -> TRUNCATE;
            case Forget.Retain _ -> RETAIN;
            case Forget.Delete _ -> DELETE;
            case Forget.Tombstone _ -> TOMBSTONE;
        };
        for (int i = 0; i < 8; i++) {
            array[1 + i] = (byte) (timeMicros >>> (8 * i));
        }
        int at = Varint.put(array, 9, beforeRevision);
        at = Varint.put(array, at, stream.length);
        System.arraycopy(stream, 0, array, at, stream.length);
        at += stream.length;
        if (forget instanceof Forget.Retain(_, Forget.Retention retention)) {
            array[at++] = (byte) ((retention.maxAge().isPresent() ? AGE : 0)
                    | (retention.maxCount().isPresent() ? COUNT : 0));
            if (retention.maxAge().isPresent()) {
                at = Varint.put(array, at, retention.maxAge().get().toSeconds());
                at = Varint.put(array, at, retention.maxAge().get().toNanosPart());
            }
            if (retention.maxCount().isPresent()) {
                at = Varint.put(array, at, retention.maxCount().getAsLong());
            }
        }
        return Arrays.copyOf(array, at);
    }

    /** @throws MalformedRecordException if the payload is none */
    public static ForgetRecord decode(ByteBuffer payload) throws MalformedRecordException {
        byte[] array = new byte[payload.remaining()];
        payload.get(array);
        PayloadCursor cursor = new PayloadCursor(array, 0, array.length);
        int what = cursor.takeByte();
        long timeMicros = cursor.takeLong();
        long before = cursor.takeVarint();
        String stream = cursor.takeText();
        Forget forget = switch (what) {
            case TRUNCATE -> new Forget.Truncate(stream, before);
            case RETAIN -> new Forget.Retain(stream, takeRetention(cursor));
            case DELETE -> new Forget.Delete(stream);
            case TOMBSTONE -> new Forget.Tombstone(stream);
            default -> throw new MalformedRecordException("there is no way to forget of number " + what);
        };
        if (cursor.left() > 0) {
            throw new MalformedRecordException(cursor.left() + " bytes too many in a record that forgets");
        }
        return new ForgetRecord(forget, timeMicros, before);
    }

    private static Forget.Retention takeRetention(PayloadCursor cursor) throws MalformedRecordException {
        int flags = cursor.takeByte();
        try {
            Optional<Duration> age = (flags & AGE) == 0
                    ? Optional.empty()
                    : Optional.of(Duration.ofSeconds(cursor.takeVarint(), cursor.takeVarint()));
            OptionalLong count = (flags & COUNT) == 0 ? OptionalLong.empty() : OptionalLong.of(cursor.takeVarint());
            return new Forget.Retention(age, count);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new MalformedRecordException("a retention that cannot be: " + e.getMessage());
        }
    }
}
