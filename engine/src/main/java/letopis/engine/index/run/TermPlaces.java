package letopis.engine.index.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import letopis.journal.disk.DiskFile;
import org.jspecify.annotations.Nullable;

/**
 * The hashes and places of the terms of a run that is being written, to be taken out again by the top bits of their hashes.
 * Takes memory for about a million terms, whatever their number: where there are more, they go through a scratch file.
 */
final class TermPlaces {
    static final int PARTITION_TERMS = 1 << 20;
    private static final int CHUNK_LONGS = 8192;

    private final int bits;
    private final @Nullable DiskFile scratch;
    private final long[][] pairs;
    private final int[] used;
    private final List<List<Long>> chunks = new ArrayList<>();
    private long scratchBytes;

    /**
     * @param expected how many terms there are, at most
     * @param scratch  an empty file; null to keep all in memory
     */
    TermPlaces(long expected, @Nullable DiskFile scratch) {
        bits = expected <= PARTITION_TERMS
                ? 0
                : Long.SIZE - Long.numberOfLeadingZeros((expected - 1) / PARTITION_TERMS);
        this.scratch = bits == 0 ? null : scratch;
        pairs = new long[1 << bits][bits == 0 ? 64 : CHUNK_LONGS];
        used = new int[1 << bits];
        for (int i = 0; i < 1 << bits; i++) {
            chunks.add(new ArrayList<>(0));
        }
    }

    /** How many of the hashes' top bits choose a partition. */
    int bits() {
        return bits;
    }

    static int partition(long hash, int bits) {
        return bits == 0 ? 0 : (int) (hash >>> (Long.SIZE - bits));
    }

    void add(long hash, long place) throws IOException {
        int to = partition(hash, bits);
        if (used[to] == pairs[to].length) {
            if (scratch == null) {
                pairs[to] = Arrays.copyOf(pairs[to], pairs[to].length * 2);
            } else {
                spill(scratch, to);
            }
        }
        pairs[to][used[to]++] = hash;
        pairs[to][used[to]++] = place;
    }

    private void spill(DiskFile file, int partition) throws IOException {
        byte[] bytes = new byte[CHUNK_LONGS * Long.BYTES];
        for (int i = 0; i < CHUNK_LONGS; i++) {
            for (int b = 0; b < Long.BYTES; b++) {
                bytes[i * Long.BYTES + b] = (byte) (pairs[partition][i] >>> (b * Byte.SIZE));
            }
        }
        file.write(scratchBytes, bytes, 0, bytes.length);
        chunks.get(partition).add(scratchBytes);
        scratchBytes += bytes.length;
        used[partition] = 0;
    }

    /** The hashes and places of a partition, in turn; each partition can be taken once. */
    long[] take(int partition) throws IOException {
        List<Long> places = chunks.get(partition);
        long[] all = Arrays.copyOf(pairs[partition], used[partition] + places.size() * CHUNK_LONGS);
        pairs[partition] = new long[0];
        int at = used[partition];
        for (long place : places) {
            byte[] bytes = new byte[CHUNK_LONGS * Long.BYTES];
            if (scratch == null || scratch.read(place, bytes, 0, bytes.length) < bytes.length) {
                throw new IOException("a scratch file of the index is shorter than what was written to it");
            }
            for (int i = 0; i < CHUNK_LONGS; i++) {
                long value = 0;
                for (int b = Long.BYTES - 1; b >= 0; b--) {
                    value = (value << Byte.SIZE) | (bytes[i * Long.BYTES + b] & 0xff);
                }
                all[at++] = value;
            }
        }
        return all;
    }
}
