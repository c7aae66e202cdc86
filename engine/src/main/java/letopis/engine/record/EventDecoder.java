package letopis.engine.record;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.RecordedEvent;

/**
 * Makes events of payloads, one after the other. Events that follow each other have much in common: the stream, the time, the
 * tag and the types of the last ones are remembered, in about 4 KiB, and used again. For one thread at a time.
 */
public final class EventDecoder {
    /** A few types are most of a store's events. */
    private static final int TYPES = 16;

    private final RememberedText stream = new RememberedText();
    private final RememberedText[] types = new RememberedText[TYPES];
    private final RememberedText tag = new RememberedText();
    private Set<String> onlyTag = Set.of("");
    private Instant time = Instant.EPOCH;
    private long timeMicros;

    public EventDecoder() {
        Arrays.setAll(types, _ -> new RememberedText());
    }

    /**
     * The event that a payload is. It keeps nothing of the given array, which may be much larger than the event.
     *
     * @throws MalformedRecordException if it is none
     */
    public RecordedEvent decode(byte[] array, int offset, int length) throws MalformedRecordException {
        PayloadCursor cursor = new PayloadCursor(array, offset, offset + length);
        int flags = EventRecord.takeFlags(cursor);
        Instant recorded = instant(cursor.takeLong());
        long position = cursor.takeVarint();
        long revision = cursor.takeVarint();
        UUID id = new UUID(Long.reverseBytes(cursor.takeLong()), Long.reverseBytes(cursor.takeLong()));
        int streamLength = cursor.takeLength();
        String streamName = stream.of(array, cursor.at(), streamLength);
        cursor.skip(streamLength);
        int typeLength = cursor.takeLength();
        String type = types[slot(array, cursor.at(), typeLength)].of(array, cursor.at(), typeLength);
        cursor.skip(typeLength);
        String contentType = (flags & EventRecord.CONTENT_TYPE) == 0 ? Event.JSON : cursor.takeText();
        Set<String> tags = (flags & EventRecord.TAGS) == 0 ? Set.of() : takeTags(cursor, array);
        int metadataLength = (flags & EventRecord.METADATA) == 0 ? 0 : cursor.takeLength();
        byte[] rest = Arrays.copyOfRange(array, cursor.at(), cursor.at() + cursor.left());
        Bytes metadata = Bytes.wrap(rest, 0, metadataLength);
        Bytes data = Bytes.wrap(rest, metadataLength, rest.length - metadataLength);
        return new RecordedEvent(streamName, revision, position, recorded,
                new Event(id, type, contentType, data, metadata, tags));
    }

    private static int slot(byte[] array, int at, int length) {
        return length == 0
                ? 0
                : (array[at] + 7 * array[at + length / 2] + 3 * array[at + length - 1] + length) & TYPES - 1;
    }

    private Set<String> takeTags(PayloadCursor cursor, byte[] array) throws MalformedRecordException {
        int count = EventRecord.takeTagCount(cursor);
        if (count == 1) {
            int length = cursor.takeLength();
            String only = tag.of(array, cursor.at(), length);
            cursor.skip(length);
            if (!onlyTag.contains(only)) {
                onlyTag = Set.of(only);
            }
            return onlyTag;
        }
        Set<String> tags = new TreeSet<>();
        for (int left = count; left > 0; left--) {
            tags.add(cursor.takeText());
        }
        return tags;
    }

    private Instant instant(long micros) {
        if (micros != timeMicros) {
            time = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
            timeMicros = micros;
        }
        return time;
    }
}
