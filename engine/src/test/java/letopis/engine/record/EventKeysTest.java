package letopis.engine.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import letopis.store.Bytes;
import letopis.store.Event;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an index takes of an event, with the same object over and over. */
class EventKeysTest {
    private final EventKeys keys = new EventKeys();

    @Test
    void largeEventsAndManyTagsAreTakenAndSmallOnesAfterThem() throws MalformedRecordException {
        for (int tags : new int[]{0, 7, 8, 9, 200, 1, 0, 3}) {
            for (int data : new int[]{0, 5_000, 1}) {
                Set<String> all = new TreeSet<>();
                for (int i = 0; i < tags; i++) {
                    all.add("tag:" + i);
                }
                Event event = new Event(new UUID(3, 4), "T", "text/plain", Bytes.wrap(new byte[data]),
                        Bytes.utf8("meta"), all);
                keys.take(payload("s", event, false));

                List<String> found = new ArrayList<>();
                for (int tag = 0; tag < keys.tagCount(); tag++) {
                    found.add(text(keys.tagOffset(tag), keys.tagLength(tag)));
                }
                assertThat(found).containsExactlyElementsOf(all);
                assertThat(text(keys.streamOffset(), keys.streamLength())).isEqualTo("s");
                assertThat(keys.isLastOfItsAppend()).isFalse();
            }
        }
    }

    /** A length that goes beyond the payload: of a content type, of a tag, of metadata. */
    @Test
    void aLengthBeyondThePayloadIsRefused() {
        byte[] head = bytes(payload("s", Event.of("T", ""), true));
        for (int flag : new int[]{EventRecord.CONTENT_TYPE, EventRecord.METADATA}) {
            byte[] claimed = Arrays.copyOf(head, head.length + 1);
            claimed[0] |= (byte) flag;
            claimed[head.length] = 1;
            assertThatThrownBy(() -> keys.take(ByteBuffer.wrap(claimed))).isInstanceOf(MalformedRecordException.class)
                    .hasMessageContaining("goes beyond");
        }
        byte[] tag = Arrays.copyOf(head, head.length + 2);
        tag[0] |= EventRecord.TAGS;
        tag[head.length] = 1;
        tag[head.length + 1] = 1;
        assertThatThrownBy(() -> keys.take(ByteBuffer.wrap(tag))).isInstanceOf(MalformedRecordException.class);
    }

    /** A tag may be empty, so that as many tags as bytes are left can be there, and no more. */
    @Test
    void asManyTagsAsBytesMayBeThereAndNoMore() throws MalformedRecordException {
        byte[] head = bytes(payload("s", Event.of("T", ""), true));
        byte[] empty = Arrays.copyOf(head, head.length + 3);
        empty[0] |= EventRecord.TAGS;
        empty[head.length] = 2;
        keys.take(ByteBuffer.wrap(empty));
        assertThat(keys.tagCount()).isEqualTo(2);
        empty[head.length] = 3;
        assertThatThrownBy(() -> keys.take(ByteBuffer.wrap(empty))).hasMessageContaining("3 tags in 2 bytes");
    }

    @Test
    void flagsThatNobodyKnowsAndNumbersOfTenBytesAreRefused() {
        byte[] known = bytes(payload("s", Event.of("T", ""), true));
        byte[] flagged = known.clone();
        flagged[0] |= 16;
        assertThatThrownBy(() -> keys.take(ByteBuffer.wrap(flagged))).hasMessageContaining("unknown flags 10001");
        byte[] endless = new byte[40];
        Arrays.fill(endless, 9, 18, (byte) 0x80); // a position that goes on after 9 bytes, and would end with the next
        assertThatThrownBy(() -> keys.take(ByteBuffer.wrap(endless))).hasMessageContaining("more than 9 bytes");
    }

    private String text(int offset, int length) {
        return new String(keys.array(), offset, length, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static ByteBuffer payload(String stream, Event event, boolean last) {
        PreparedEvent prepared = PreparedEvent.of(Name.of(stream), event);
        prepared.complete(last, 1, 2, 3);
        return ByteBuffer.wrap(prepared.array(), prepared.payloadOffset(), prepared.payloadLength());
    }
}
