package letopis.engine.record;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What an index needs of an event, taken from its payload without making objects: opening a store takes millions of these.
 * Used over and over; for one thread at a time.
 */
public final class EventKeys {
    private byte[] array = new byte[1 << 10];
    private int flags;
    private long timeMicros;
    private long position;
    private long revision;
    private long idHigh;
    private long idLow;
    private int stream;
    private int streamLength;
    private int type;
    private int typeLength;
    private int[] tags = new int[16];
    private int tagCount;

    /** @throws MalformedRecordException if the payload is not an event */
    public void take(ByteBuffer payload) throws MalformedRecordException {
        int length = payload.remaining();
        if (array.length < length) {
            array = new byte[Math.max(length, array.length * 2)];
        }
        payload.get(array, 0, length);
        PayloadCursor cursor = new PayloadCursor(array, 0, length);
        flags = EventRecord.takeFlags(cursor);
        timeMicros = cursor.takeLong();
        position = cursor.takeVarint();
        revision = cursor.takeVarint();
        idHigh = Long.reverseBytes(cursor.takeLong());
        idLow = Long.reverseBytes(cursor.takeLong());
        streamLength = cursor.takeLength();
        stream = cursor.at();
        cursor.skip(streamLength);
        typeLength = cursor.takeLength();
        type = cursor.at();
        cursor.skip(typeLength);
        if ((flags & EventRecord.CONTENT_TYPE) != 0) {
            cursor.skip(cursor.takeLength());
        }
        tagCount = 0;
        if ((flags & EventRecord.TAGS) != 0) {
            takeTags(cursor);
        }
        if ((flags & EventRecord.METADATA) != 0) {
            cursor.skip(cursor.takeLength());
        }
    }

    private void takeTags(PayloadCursor cursor) throws MalformedRecordException {
        int count = EventRecord.takeTagCount(cursor);
        if (tags.length < 2 * count) {
            tags = Arrays.copyOf(tags, 2 * count);
        }
        while (tagCount < count) {
            int length = cursor.takeLength();
            tags[2 * tagCount] = cursor.at();
            tags[2 * tagCount + 1] = length;
            tagCount++;
            cursor.skip(length);
        }
    }

    /** Holds the names, at the offsets that the methods below give. */
    public byte[] array() {
        return array;
    }

    public boolean isLastOfItsAppend() {
        return (flags & EventRecord.LAST_OF_APPEND) != 0;
    }

    public long timeMicros() {
        return timeMicros;
    }

    public long position() {
        return position;
    }

    public long revision() {
        return revision;
    }

    public long idHigh() {
        return idHigh;
    }

    public long idLow() {
        return idLow;
    }

    public int streamOffset() {
        return stream;
    }

    public int streamLength() {
        return streamLength;
    }

    public int typeOffset() {
        return type;
    }

    public int typeLength() {
        return typeLength;
    }

    public int tagCount() {
        return tagCount;
    }

    public int tagOffset(int tag) {
        return tags[2 * tag];
    }

    public int tagLength(int tag) {
        return tags[2 * tag + 1];
    }
}
