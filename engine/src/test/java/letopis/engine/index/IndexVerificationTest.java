package letopis.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.zip.CRC32C;

import letopis.engine.index.run.HeapSink;
import letopis.engine.index.run.Merge;
import letopis.engine.index.run.Run;
import letopis.engine.record.EventKeys;
import letopis.engine.record.ForgetRecord;
import letopis.engine.record.MalformedRecordException;
import letopis.engine.record.Name;
import letopis.engine.record.PreparedEvent;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The comparison of an index with its journal, where the index says something else: each checksum of it is right. */
class IndexVerificationTest {
    private static final int EVENTS = 1_000;

    private final long seed = Long.getLong("letopis.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final UUID store = new UUID(random.nextLong(), random.nextLong());
    private final Index index = Index.inMemory(store, new IndexOptions(16, 1 << 20, 4, 4, 100, false));
    private final List<byte[]> payloads = new ArrayList<>();

    @Test
    void anIndexThatIsRightIsFoundRight() {
        fill();

        assertThat(faults(_ -> false)).as("seed %s", seed).isEmpty();
    }

    @Test
    void aPostingThatAMergeLeftOutIsFound() throws IOException {
        fill();
        for (int i = 0; i < 50; i++) {
            Slot slot = index.view().slots().get(random.nextInt(index.view().slots().size() - 1));
            long lost = slot.part().base() + 1 + random.nextLong(slot.part().last() - slot.part().base());
            Slot wrong = Slot.unsaved(rewritten((Run) slot.part(), position -> position == lost), slot.end());
            index.replace(List.of(slot), wrong);

            assertThat(faults(_ -> false)).as("seed %s, position %s", seed, lost).isNotEmpty();
            index.replace(List.of(wrong), slot);
            assertThat(faults(position -> position == lost)).as("seed %s, erased since", seed).isEmpty();
        }
    }

    @Test
    void aRuleThatWasForgottenIsFound() {
        fill();
        ForgetRecord record = new ForgetRecord(Forget.before("order-1", 2), 0, 2);
        index.forget(record);
        index.freeze(Optional.empty());

        assertThat(faults(_ -> false, record)).as("seed %s", seed).isEmpty();
        assertThat(faults(_ -> false, record, new ForgetRecord(Forget.before("order-2", 1), 0, 1))).hasSize(1);
        assertThat(faults(_ -> false, new ForgetRecord(Forget.before("order-1", 1), 0, 1))).hasSize(1);
    }

    @Test
    void whatStandsElsewhereIsFound() {
        fill();
        payloads.set(500, payload(501, "order-1", 3_000));

        assertThat(faults(_ -> false)).as("seed %s", seed).hasSize(1);
    }

    @Test
    void aFilterThatDeniesATermWhichIsThereIsFound() {
        fill();
        for (Slot slot : index.view().slots()) {
            if (slot.part() instanceof Run run) {
                Slot wrong = Slot.unsaved(withoutAFilterBit(run), slot.end());
                index.replace(List.of(slot), wrong);

                assertThat(faults(_ -> false)).as("seed %s, %s", seed, run)
                        .anySatisfy(it -> assertThat(it.damage()).contains("is not found by its name"));
                index.replace(List.of(wrong), slot);
            }
        }
    }

    /** The same run, all checksums right, with one bit of a filter 0 that was 1: see the forms of footer and directory. */
    private Run withoutAFilterBit(Run run) {
        byte[] bytes = new byte[(int) run.bytes()];
        run.copy(0, bytes, bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int footer = bytes.length - 256;
        int directory = (int) in.getLong(footer + 136);
        int table = (int) in.getLong(footer + 152);
        int at = (int) in.getLong(directory);
        int end = at + 64 * in.getInt(directory + 8);
        List<Integer> bits = new ArrayList<>();
        for (int bit = 8 * at; bit < 8 * end; bit++) {
            if ((bytes[bit / 8] & 1 << bit % 8) != 0) {
                bits.add(bit);
            }
        }
        int cleared = bits.get(random.nextInt(bits.size()));
        bytes[cleared / 8] ^= (byte) (1 << cleared % 8);
        int page = cleared / 8 / 4096;
        in.putInt(table + 4 * page, crc(bytes, page * 4096, Math.min(table, (page + 1) * 4096)));
        in.putInt(footer + 148, crc(bytes, table, footer));
        in.putInt(footer + 252, crc(bytes, footer, footer + 252));
        return Run.open("a run with a wrong filter", bytes);
    }

    private static int crc(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private Run rewritten(Run run, LongPredicate without) throws IOException {
        HeapSink sink = new HeapSink();
        new Merge(List.of(run), 0, store, run.level(), 1, without, () -> {}).write(sink, null);
        return Run.open("a run that is wrong", sink.toBytes());
    }

    private void fill() {
        while (payloads.size() < EVENTS) {
            long position = payloads.size() + 1L;
            String stream = "order-" + random.nextInt(60);
            payloads.add(payload(position, stream, index.nextRevision(Name.of(stream))));
            EventKeys keys = keys(payloads.getLast());
            index.add(keys, index.target(keys), position * 100);
            if (index.isDue()) {
                index.freeze(Optional.empty());
            }
        }
        index.freeze(Optional.empty());
    }

    private byte[] payload(long position, String stream, long revision) {
        Event event = Event.of("Type" + random.nextInt(3), "").withTags("tag:" + random.nextInt(9), "all");
        PreparedEvent prepared = PreparedEvent.of(Name.of(stream), event);
        prepared.complete(true, position * 7, position, revision);
        byte[] payload = new byte[prepared.payloadLength()];
        System.arraycopy(prepared.array(), prepared.payloadOffset(), payload, 0, payload.length);
        return payload;
    }

    private static EventKeys keys(byte[] payload) {
        EventKeys keys = new EventKeys();
        try {
            keys.take(ByteBuffer.wrap(payload));
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
        return keys;
    }

    private List<StoreDamagedException> faults(LongPredicate erased, ForgetRecord... forgotten) {
        IndexVerification verification = new IndexVerification(index);
        for (int i = 0; i < EVENTS; i++) {
            if (erased.test(i + 1L)) {
                verification.erased(i + 1L);
            } else {
                verification.event(keys(payloads.get(i)), (i + 1) * 100L);
            }
        }
        for (ForgetRecord record : forgotten) {
            verification.forget(record);
        }
        List<StoreDamagedException> faults = new ArrayList<>();
        verification.finish(faults::add);
        return faults;
    }
}
