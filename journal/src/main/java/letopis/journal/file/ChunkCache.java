package letopis.journal.file;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Chunks of packed segments that were unpacked lately, so that who reads on unpacks each once: at most {@value #SLOTS}, that is
 * 4 MiB, for all segments of a journal. Safe for any number of threads; without locks. The arrays are shared, and nobody
 * changes them.
 */
final class ChunkCache {
    static final int SLOTS = 128;

    private final AtomicReferenceArray<@Nullable Chunk> slots = new AtomicReferenceArray<>(SLOTS);

    private static final class Chunk {
        private final PackedFile owner;
        private final int number;
        private final byte[] bytes;

        private Chunk(PackedFile owner, int number, byte[] bytes) {
            this.owner = owner;
            this.number = number;
            this.bytes = bytes;
        }
    }

    byte @Nullable [] get(PackedFile owner, int number) {
        @Nullable
        Chunk chunk = slots.get(slot(owner, number));
        return chunk != null && chunk.owner == owner && chunk.number == number ? chunk.bytes : null;
    }

    void put(PackedFile owner, int number, byte[] bytes) {
        slots.set(slot(owner, number), new Chunk(owner, number, bytes));
    }

    private static int slot(PackedFile owner, int number) {
        return (System.identityHashCode(owner) * 31 + number) & (SLOTS - 1);
    }
}
