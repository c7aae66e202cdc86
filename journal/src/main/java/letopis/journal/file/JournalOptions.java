package letopis.journal.file;

import java.util.concurrent.Executor;

/**
 * How a journal is opened. What concerns the form of the files holds when a store is created; one that is there keeps its own.
 *
 * @param create            whether an empty or missing directory becomes a store
 * @param alignmentBytes    the size of the sectors that are never written again once a block in them was acknowledged; a
 *                          power of two from 512 to 65,536; only for a new store
 * @param firstSegmentBytes the size of the first segment; the later ones double; a multiple of the alignment, at least four
 *                          times as large; only for a new store
 * @param maxSegmentBytes   the size where doubling ends, at most 1 GiB (a segment that must hold a larger block is larger);
 *                          only for a new store
 * @param blockBytes        up to which size a block gathers several appends
 * @param maxBlockBytes     the size of the largest block, at most 1 GiB
 * @param forceEveryNanos   0 forces each block before it is acknowledged. Else a block is acknowledged when it is written, and
 *                          forced at most so many nanoseconds later, at least a million; {@link #FORCE_LATE} leaves that to
 *                          the system until a segment is full or the journal is closed
 * @param compression       how segments are packed when they are full
 * @param preparation       runs what prepares the next segment and what packs full ones, in another thread or in the calling
 *                          one
 */
public record JournalOptions(boolean create, int alignmentBytes, int firstSegmentBytes, int maxSegmentBytes,
        int blockBytes, int maxBlockBytes, long forceEveryNanos, Compression compression,
        Executor preparation) {
    static final int MIN_ALIGNMENT_BYTES = 512;
    static final int MAX_ALIGNMENT_BYTES = 65_536;

    /** For {@code forceEveryNanos}: blocks are forced when a segment is full and when the journal is closed. */
    public static final long FORCE_LATE = LateForce.NEVER;

    private static final int LARGEST = 1 << 30;

    /**
     * Creates a store where none is; sectors of 512 bytes, segments from 1 MiB to 64 MiB, blocks that gather up to 4 MiB and
     * hold at most 256 MiB; segments are prepared in a background thread.
     */
    public static final JournalOptions DEFAULT = new JournalOptions(true, 512, 1 << 20, 64 << 20, 4 << 20, 256 << 20, 0,
            Compression.NONE,
            task -> Thread.ofPlatform().daemon().name("letopis-segment-preparation").start(task));

    /** @throws IllegalArgumentException if a size is out of its range */
    public JournalOptions {
        require(Integer.bitCount(alignmentBytes) == 1 && alignmentBytes >= MIN_ALIGNMENT_BYTES
                && alignmentBytes <= MAX_ALIGNMENT_BYTES,
                "alignmentBytes", alignmentBytes);
        require(firstSegmentBytes >= 4 * alignmentBytes && firstSegmentBytes % alignmentBytes == 0
                && firstSegmentBytes <= maxSegmentBytes, "firstSegmentBytes", firstSegmentBytes);
        require(maxSegmentBytes <= LARGEST && maxSegmentBytes % alignmentBytes == 0, "maxSegmentBytes",
                maxSegmentBytes);
        require(blockBytes >= alignmentBytes && blockBytes <= maxBlockBytes, "blockBytes", blockBytes);
        require(maxBlockBytes <= LARGEST, "maxBlockBytes", maxBlockBytes);
        require(forceEveryNanos == 0 || forceEveryNanos >= 1_000_000, "forceEveryNanos", forceEveryNanos);
    }

    /** These options with another answer to whether a store is created. */
    public JournalOptions withCreate(boolean allowed) {
        return new JournalOptions(allowed, alignmentBytes, firstSegmentBytes, maxSegmentBytes, blockBytes,
                maxBlockBytes, forceEveryNanos, compression, preparation);
    }

    /** These options with other sizes of segments. */
    public JournalOptions withSegmentBytes(int first, int max) {
        return new JournalOptions(create, alignmentBytes, first, max, blockBytes, maxBlockBytes, forceEveryNanos,
                compression,
                preparation);
    }

    /** These options with other sizes of blocks. */
    public JournalOptions withBlockBytes(int gather, int max) {
        return new JournalOptions(create, alignmentBytes, firstSegmentBytes, maxSegmentBytes, gather, max,
                forceEveryNanos, compression,
                preparation);
    }

    /** These options with another time after which blocks are forced. */
    public JournalOptions withForceEveryNanos(long nanos) {
        return new JournalOptions(create, alignmentBytes, firstSegmentBytes, maxSegmentBytes, blockBytes,
                maxBlockBytes, nanos, compression, preparation);
    }

    /** These options with another way to pack full segments. */
    public JournalOptions withCompression(Compression other) {
        return new JournalOptions(create, alignmentBytes, firstSegmentBytes, maxSegmentBytes, blockBytes,
                maxBlockBytes, forceEveryNanos, other, preparation);
    }

    /** These options with another way to run what prepares the next segment. */
    public JournalOptions withPreparation(Executor executor) {
        return new JournalOptions(create, alignmentBytes, firstSegmentBytes, maxSegmentBytes, blockBytes,
                maxBlockBytes, forceEveryNanos, compression, executor);
    }

    private static void require(boolean met, String name, long value) {
        if (!met) {
            throw new IllegalArgumentException(name + " is out of its range: " + value);
        }
    }
}
