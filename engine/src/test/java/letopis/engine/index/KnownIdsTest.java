package letopis.engine.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import letopis.engine.index.run.HeapSink;
import letopis.engine.index.run.Merge;
import letopis.engine.index.run.Part;
import letopis.engine.index.run.Run;
import letopis.engine.index.run.TermKey;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The ids of an opened store against a list of all of them, before, while and after their table is filled. */
class KnownIdsTest {
    private static final UUID STORE = new UUID(1, 2);

    private final long seed = Long.getLong("letopis.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final CountDownLatch mayLoad = new CountDownLatch(1);
    private final List<Integer> hashes = new ArrayList<>();
    private final int window = 500 + random.nextInt(12_000);

    @RepeatedTest(10)
    void whatIsInTheWindowIsFoundAndNothingElse() throws Exception {
        Part[] parts = parts();
        try (KnownIds ids = new KnownIds(parts, window, this::heldThread)) {
            int waits = random.nextInt(16);
            try {
                for (int i = 0; i < 3_000; i++) {
                    if (i == waits) {
                        mayLoad.countDown();
                    }
                    checkOne(ids);
                    int hash = random.nextInt();
                    hashes.add(hash);
                    ids.add(hash, hashes.size());
                    ((MemoryPart) parts[2]).begin(0, 0, 0, 0); // the part that grows gets it, too
                }
            } finally {
                mayLoad.countDown();
            }
        }
    }

    private void checkOne(KnownIds ids) {
        int atTheEdge = Math.clamp(hashes.size() - window - random.nextInt(3), 0, hashes.size() - 1);
        int rank = random.nextBoolean() ? atTheEdge : random.nextInt(hashes.size());
        long position = rank + 1L;
        boolean known = rank >= hashes.size() - window;

        assertThat(ids.find(hashes.get(rank), it -> it == position)).as("seed %s", seed)
                .isEqualTo(known ? position : 0);
    }

    private Thread heldThread(Runnable loading) {
        return Thread.ofPlatform().unstarted(() -> {
            try {
                mayLoad.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            loading.run();
        });
    }

    /** A run, a frozen part and the one that grows. */
    private Part[] parts() throws Exception {
        MemoryPart first = part(0, 1 + random.nextInt(9_000));
        HeapSink sink = new HeapSink();
        Merge.of(List.of(first), STORE, 0, 1, () -> {}).write(sink, null);
        MemoryPart second = part(first.last(), random.nextInt(9_000));
        MemoryPart third = part(second.last(), random.nextInt(100));
        return new Part[]{Run.open("a run", sink.toBytes()), second, third};
    }

    private MemoryPart part(long base, int events) {
        MemoryPart part = new MemoryPart(base, TermKey.seed(STORE));
        for (int i = 0; i < events; i++) {
            part.begin(0, 0, random.nextLong(), random.nextLong());
            hashes.add(part.idHash(part.last()));
        }
        return part;
    }
}
