package letopis.engine.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.RecordedEvent;

/**
 * The payload of a record that is an event. Numbers of fixed width have their low byte first, an id its high byte; {@code v}
 * is a number of seven bits a byte, low ones first; a text is its length as such a number, and then its UTF-8.
 *
 * <pre>
 *    0       1                 9
 *    | flags | time (micros)   | position | revision | id  | stream | type | content type | tags     | metadata | data …
 *      1       8                 v          v          16    v + n    v + n  v + n          v, texts   v + n      the rest
 *
 *    flags, bit 0: the last event of its append      bit 2: tags are there, first their number
 *           bit 1: the content type is there,        bit 3: metadata is there
 *                  else it is application/json       bits 4 to 7: 0
 * </pre>
 *
 * <p>What only the writer knows comes first, so that the rest can be encoded by the caller's thread into the same array.
 * Without its texts, metadata and data a record takes about 35 bytes.
 */
public final class EventRecord {
    static final int LAST_OF_APPEND = 1;
    static final int CONTENT_TYPE = 2;
    static final int TAGS = 4;
    static final int METADATA = 8;
    private static final int KNOWN_FLAGS = 15;
    private static final int HEAD_ROOM = 1 + 8 + 2 * Varint.MAX_BYTES;
    private static final int ID_BYTES = 16;
    private static final byte[] NOTHING = {};
    private static final VarHandle LITTLE_ENDIAN_LONG = longs(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_ENDIAN_LONG = longs(ByteOrder.BIG_ENDIAN);

    private EventRecord() {}

    private static VarHandle longs(ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(long[].class, order);
    }

    /** Room for the head, its flags put at the very start for the time being, and the whole body. */
    static byte[] encodeBody(Name stream, Name type, Name[] tags, Event event) {
        boolean json = event.contentType().equals(Event.JSON);
        byte[] contentType = json ? NOTHING : Name.of(event.contentType()).utf8();
        Bytes metadata = event.metadata();
        int size = HEAD_ROOM + ID_BYTES + sizeOf(stream.utf8().length) + sizeOf(type.utf8().length);
        size += json ? 0 : sizeOf(contentType.length);
        size += metadata.isEmpty() ? 0 : sizeOf(metadata.length());
        size += tags.length == 0 ? 0 : Varint.size(tags.length);
        for (Name tag : tags) {
            size += sizeOf(tag.utf8().length);
        }
        byte[] array = new byte[size + event.data().length()];
        array[0] = (byte) ((json ? 0 : CONTENT_TYPE) | (tags.length == 0 ? 0 : TAGS)
                | (metadata.isEmpty() ? 0 : METADATA));
        BIG_ENDIAN_LONG.set(array, HEAD_ROOM, event.id().getMostSignificantBits());
        BIG_ENDIAN_LONG.set(array, HEAD_ROOM + Long.BYTES, event.id().getLeastSignificantBits());
        int at = putText(array, HEAD_ROOM + ID_BYTES, stream.utf8());
        at = putText(array, at, type.utf8());
        if (!json) {
            at = putText(array, at, contentType);
        }
        if (tags.length > 0) {
            at = Varint.put(array, at, tags.length);
            for (Name tag : tags) {
                at = putText(array, at, tag.utf8());
            }
        }
        if (!metadata.isEmpty()) {
            at = Varint.put(array, at, metadata.length());
        }
        ByteBuffer rest = ByteBuffer.wrap(array, at, array.length - at);
        metadata.putInto(rest);
        event.data().putInto(rest);
        return array;
    }

    /** Puts the head right before the body. */
    static int encodeHead(byte[] array, boolean lastOfItsAppend, long timeMicros, long position, long revision) {
        int from = HEAD_ROOM - 9 - Varint.size(position) - Varint.size(revision);
        byte flags = (byte) (array[0] | (lastOfItsAppend ? LAST_OF_APPEND : 0));
        array[from] = flags;
        LITTLE_ENDIAN_LONG.set(array, from + 1, timeMicros);
        Varint.put(array, Varint.put(array, from + 9, position), revision);
        return from;
    }

    /**
     * The event that a payload is. It keeps nothing of the given array, which may be much larger than the event.
     *
     * @throws MalformedRecordException if it is none
     */
    public static RecordedEvent decode(byte[] array, int offset, int length) throws MalformedRecordException {
        return new EventDecoder().decode(array, offset, length);
    }

    static int takeFlags(PayloadCursor cursor) throws MalformedRecordException {
        int flags = cursor.takeByte();
        if ((flags & ~KNOWN_FLAGS) != 0) {
            throw new MalformedRecordException("an event has unknown flags " + Integer.toBinaryString(flags));
        }
        return flags;
    }

    static int takeTagCount(PayloadCursor cursor) throws MalformedRecordException {
        long count = cursor.takeVarint();
        if (count > cursor.left()) {
            throw new MalformedRecordException("an event has " + count + " tags in " + cursor.left() + " bytes");
        }
        return (int) count;
    }

    private static int sizeOf(int length) {
        return Varint.size(length) + length;
    }

    private static int putText(byte[] target, int at, byte[] utf8) {
        int from = Varint.put(target, at, utf8.length);
        System.arraycopy(utf8, 0, target, from, utf8.length);
        return from + utf8.length;
    }
}
