package letopis.engine.index.run;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

import letopis.engine.record.Name;
import letopis.store.StoreClosedException;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A run that is not as it was written is told from one that is, wherever it was changed, and never read beyond its end. */
class DamagedRunTest {
    private static final UUID STORE = new UUID(1, 2);

    private final Random random = new Random(1);
    private ListedPart part;
    private byte[] bytes;

    @BeforeEach
    void write() throws IOException {
        part = new RandomParts(random).of(2_500).getFirst();
        HeapSink sink = new HeapSink();
        Merge.of(List.of(part), STORE, 1, 0, () -> {}).write(sink, null);
        bytes = sink.toBytes();
    }

    @Test
    void aBitOfAnyPageIsFoundByACheckOfAll() {
        int table = tableAt();
        for (int at = 0; at < table; at += 97) {
            byte[] damaged = with(at);
            int page = at / 4096 * 4096;
            // the opening looks at the directory, which is in the last page
            assertThatThrownBy(() -> Run.open("run-1", damaged).checkAll()).isInstanceOfSatisfying(
                    StoreDamagedException.class,
                    e -> assertThat(e.offset()).isEqualTo(page));
        }
    }

    @Test
    void aBitOfTheTableOrTheFooterIsFoundAtTheOpening() {
        for (int at = tableAt(); at < bytes.length; at++) {
            byte[] damaged = with(at);
            assertThatThrownBy(() -> Run.open("run-1", damaged)).as("byte %s", at)
                    .isInstanceOf(StoreDamagedException.class)
                    .hasMessageContaining("run-1");
        }
    }

    @Test
    void aRunThatWasCutOrThatGrewIsFoundAtTheOpening() {
        for (int length : new int[]{0, 1, 255, 256, 257, bytes.length - 1, bytes.length - 4096, bytes.length + 4}) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Run.open("run-1", cut)).isInstanceOf(StoreDamagedException.class);
        }
        byte[] shifted = new byte[bytes.length + 4096];
        System.arraycopy(bytes, 0, shifted, 4096, bytes.length);
        assertThatThrownBy(() -> Run.open("run-1", shifted)).isInstanceOf(StoreDamagedException.class)
                .hasMessageContaining("another size");
    }

    /** Whatever is asked of the page that is damaged says so before it answers. */
    @Test
    void nothingIsReadOfADamagedPage() {
        byte[] damaged = bytes.clone();
        for (int at = 0; at < tableAt(); at += 4096) {
            damaged[at] ^= 1;
        }
        int directoryAndMore = tableAt() / 4096 * 4096;
        damaged[directoryAndMore] ^= 1; // so that it can be opened
        for (Consumer<Run> question : questions()) {
            Run run = Run.open("run-1", damaged);
            assertThatThrownBy(() -> question.accept(run)).isInstanceOf(StoreDamagedException.class);
        }
    }

    @Test
    void whoReadsAClosedRunIsToldThatTheStoreIsClosed() {
        RunMemory memory = new RunMemory();
        MemorySegment mapped = memory.arena().allocate(bytes.length);
        mapped.copyFrom(MemorySegment.ofArray(bytes));
        Run run = Run.open("run-1", mapped, memory);
        questions().forEach(question -> question.accept(run));
        run.close();
        run.close();
        assertThat(memory.arena().scope().isAlive()).isFalse();
        for (Consumer<Run> question : questions()) {
            assertThatThrownBy(() -> question.accept(run)).isInstanceOf(StoreClosedException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    private List<Consumer<Run>> questions() {
        Name stream = part.of(TermKind.STREAM).firstKey();
        long last = part.last();
        return List.of(run -> run.place(last - 100), run -> run.timeMicros(last - 100), run -> run.idHash(last - 100),
                run -> run.idHashes(last - 99, new int[100], 100), run -> run.places(last - 99, new long[100], 100),
                run -> run.find(TermKey.of(TermKey.seed(STORE), TermKind.STREAM, stream)),
                run -> run.entries(TermKind.TAG, new byte[]{'x'}).next());
    }

    /** A run that is wrong may say that something is where it has no bytes. */
    @Test
    void nothingIsReadOutsideOfThePages() {
        HeapSink sink = new HeapSink();
        PageOutput out = new PageOutput(sink);
        try {
            out.putBytes(new byte[5_000]);
            out.putChecksums();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Pages pages = new Pages("run-1", MemorySegment.ofArray(sink.toBytes()), 5_000);
        assertThat(pages.byteAt(4_999)).isZero();
        assertThat(pages.intAt(4_996)).isZero();
        assertThat(pages.longAt(4_992)).isZero();
        assertThat(pages.bytesAt(0, 5_000)).hasSize(5_000);
        assertThat(pages.bytesAt(5_000, 0)).isEmpty();
        assertThat(pages.matches(4_999, new byte[1])).isTrue();
        assertThat(pages.matches(4_998, new byte[]{0, 1})).isFalse();
        List<Runnable> beyond = List.of(() -> pages.byteAt(5_000), () -> pages.byteAt(-1), () -> pages.intAt(4_997),
                () -> pages.longAt(4_993), () -> pages.longAt(-1), () -> pages.bytesAt(4_999, 2),
                () -> pages.bytesAt(0, -1), () -> pages.bytesAt(-1, 1), () -> pages.ints(4_996, new int[2], 2),
                () -> pages.matches(4_999, new byte[2]), () -> pages.hasBits(4_937, 0));
        for (Runnable read : beyond) {
            assertThatThrownBy(read::run).isInstanceOfSatisfying(StoreDamagedException.class, e -> {
                assertThat(e.offset()).isBetween(0L, 5_000L);
                assertThat(e).hasMessageContaining("has no bytes");
            });
        }
        assertThatThrownBy(() -> pages.byteAt(-7)).isInstanceOfSatisfying(StoreDamagedException.class,
                e -> assertThat(e.offset()).isZero());
    }

    /** Each page of a long read is checked, also those in the middle. */
    @Test
    void aLongReadChecksThePagesInItsMiddle() throws IOException {
        HeapSink sink = new HeapSink();
        PageOutput out = new PageOutput(sink);
        out.putBytes(new byte[5 * 4096]);
        out.putChecksums();
        for (int page = 0; page < 5; page++) {
            byte[] damaged = sink.toBytes();
            damaged[page * 4096 + 5] = 1;
            Pages pages = new Pages("run-1", MemorySegment.ofArray(damaged), 5 * 4096);
            assertThatThrownBy(() -> pages.bytesAt(100, 5 * 4096 - 200)).isInstanceOf(StoreDamagedException.class)
                    .hasMessageContaining("checksum of the page");
            if (page != 2) {
                assertThat(pages.bytesAt(2 * 4096, 4096)).hasSize(4096);
            }
        }
    }

    private int tableAt() {
        int at = bytes.length - 256 + 152;
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
    }

    private byte[] with(int at) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        return damaged;
    }
}
