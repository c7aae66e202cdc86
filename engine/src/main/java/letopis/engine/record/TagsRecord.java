package letopis.engine.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The payload of a record that belongs to a retagging; written as an {@linkplain EventRecord event} is.
 *
 * <pre>
 *    0      1
 *    | what | position | …
 *      1      v
 *
 *    what: 0 erased: it says nothing any more, and its other bytes are zero
 *          1 added:   tags of the event at the position: their number (v), texts
 *          2 reached: the retagging with this name (text) has looked at all events up to the position
 * </pre>
 */
public sealed interface TagsRecord {
    /** Tags of an event that is there. */
    record Added(long position, Set<String> tags) implements TagsRecord {}

    /** How far a retagging has come. */
    record Reached(long position, String name) implements TagsRecord {}

    long position();

    /** The payload. */
    default byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(1 + 2 * Varint.MAX_BYTES + switch (this) {
            case Added it -> it.tags.stream().mapToInt(TagsRecord::maxBytes).sum();
            case Reached it -> maxBytes(it.name);
        });
        bytes.put((byte) (this instanceof Added ? 1 : 2));
        putNumber(bytes, position());
        switch (this) {
            case Added it -> {
                putNumber(bytes, it.tags.size());
                it.tags.forEach(tag -> putText(bytes, tag));
            }
            case Reached it -> putText(bytes, it.name);
        }
        byte[] payload = new byte[bytes.position()];
        bytes.flip().get(payload);
        return payload;
    }

    private static int maxBytes(String text) {
        return Varint.MAX_BYTES + 3 * text.length();
    }

    private static void putNumber(ByteBuffer target, long number) {
        byte[] bytes = new byte[Varint.MAX_BYTES];
        target.put(bytes, 0, Varint.put(bytes, 0, number));
    }

    private static void putText(ByteBuffer target, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putNumber(target, utf8.length);
        target.put(utf8);
    }

    /**
     * What a payload says; nothing if it was erased.
     *
     * @throws MalformedRecordException if it is none
     */
    static Optional<TagsRecord> decode(ByteBuffer payload) throws MalformedRecordException {
        byte[] array = new byte[payload.remaining()];
        payload.get(array);
        PayloadCursor cursor = new PayloadCursor(array, 0, array.length);
        int what = cursor.takeByte();
        if (what == 0) {
            return Optional.empty();
        }
        long position = cursor.takeVarint();
        TagsRecord record = switch (what) {
            case 1 -> new Added(position, takeTags(cursor));
            case 2 -> new Reached(position, cursor.takeText());
            default -> throw new MalformedRecordException("there is no way to tag of number " + what);
        };
        if (cursor.left() > 0) {
            throw new MalformedRecordException(cursor.left() + " bytes too many in a record that tags");
        }
        return Optional.of(record);
    }

    private static Set<String> takeTags(PayloadCursor cursor) throws MalformedRecordException {
        Set<String> tags = new TreeSet<>();
        for (int left = EventRecord.takeTagCount(cursor); left > 0; left--) {
            tags.add(cursor.takeText());
        }
        return tags;
    }
}
