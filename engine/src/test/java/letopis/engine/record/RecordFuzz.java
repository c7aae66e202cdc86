package letopis.engine.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

import letopis.store.RecordedEvent;

/**
 * A fuzz target: takes bytes as the payload of an event, of a change of what is kept, of a floor, and of added tags. They are decoded or refused; the two
 * decoders of an event agree on it; and what is decoded is encoded to something that is decoded to the same.
 */
public final class RecordFuzz {
    private RecordFuzz() {}

    /** One trial. */
    public static void fuzzerTestOneInput(byte[] data) {
        event(data);
        forget(data);
        floor(data);
        tags(data);
    }

    private static void event(byte[] data) {
        EventKeys keys = new EventKeys();
        boolean taken;
        try {
            keys.take(ByteBuffer.wrap(data).asReadOnlyBuffer());
            taken = true;
        } catch (MalformedRecordException e) {
            taken = false;
        }
        byte[] array = new byte[data.length + 7];
        System.arraycopy(data, 0, array, 3, data.length);
        try {
            RecordedEvent event = EventRecord.decode(array, 3, data.length);
            require(taken, "the keys of an event that can be decoded were refused");
            compare(event, keys);
            again(event, keys.timeMicros());
        } catch (MalformedRecordException e) {
            require(!taken, "the keys of an event were taken that cannot be decoded: " + e.getMessage());
        }
    }

    private static void compare(RecordedEvent event, EventKeys keys) {
        require(event.position() == keys.position() && event.revision() == keys.revision()
                && event.time().equals(Instant.EPOCH.plus(keys.timeMicros(), ChronoUnit.MICROS))
                && event.id().equals(new UUID(keys.idHigh(), keys.idLow())), "numbers differ");
        require(event.stream().equals(text(keys, keys.streamOffset(), keys.streamLength()))
                && event.type().equals(text(keys, keys.typeOffset(), keys.typeLength())), "names differ");
        for (int tag = 0; tag < keys.tagCount(); tag++) {
            require(event.tags().contains(text(keys, keys.tagOffset(tag), keys.tagLength(tag))), "tags differ");
        }
    }

    private static String text(EventKeys keys, int offset, int length) {
        return new String(keys.array(), offset, length, StandardCharsets.UTF_8);
    }

    private static void again(RecordedEvent event, long timeMicros) throws MalformedRecordException {
        PreparedEvent prepared = PreparedEvent.of(Name.of(event.stream()), event.event());
        prepared.complete(true, timeMicros, event.position(), event.revision());
        byte[] payload = Arrays.copyOfRange(prepared.array(), prepared.payloadOffset(), prepared.array().length);
        RecordedEvent decoded = EventRecord.decode(payload, 0, payload.length);
        require(decoded.equals(event), event + " became " + decoded);
    }

    private static void forget(byte[] data) {
        ForgetRecord record;
        try {
            record = ForgetRecord.decode(ByteBuffer.wrap(data));
        } catch (MalformedRecordException e) {
            return;
        }
        try {
            ForgetRecord again = ForgetRecord.decode(ByteBuffer.wrap(record.encode()));
            require(again.equals(record), record + " became " + again);
        } catch (MalformedRecordException e) {
            throw new AssertionError(record + " cannot be read again", e);
        }
    }

    private static void floor(byte[] data) {
        FloorRecord record;
        try {
            record = FloorRecord.decode(ByteBuffer.wrap(data));
        } catch (MalformedRecordException e) {
            return;
        }
        require(FloorRecord.isAt(ByteBuffer.wrap(data)), "a floor that is not taken for one");
        try {
            require(FloorRecord.decode(ByteBuffer.wrap(record.encode())).equals(record),
                    record + " became another one");
        } catch (MalformedRecordException e) {
            throw new AssertionError(record + " cannot be read again", e);
        }
    }

    private static void tags(byte[] data) {
        Optional<TagsRecord> record;
        try {
            record = TagsRecord.decode(ByteBuffer.wrap(data));
        } catch (MalformedRecordException e) {
            return;
        }
        try {
            require(record.isEmpty() || TagsRecord.decode(ByteBuffer.wrap(record.get().encode())).equals(record),
                    record + " became another one");
        } catch (MalformedRecordException e) {
            throw new AssertionError(record + " cannot be read again", e);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
