package letopis.engine.index.run;

import java.io.IOException;

/**
 * Finds the place of a term by its hash: the top bits choose a partition, the next ones a bucket in it. Before that a filter
 * tells most terms that are not there, from one line of the processor's cache: a Bloom filter in blocks (F. Putze, P. Sanders,
 * J. Singler, "Cache-, hash- and space-efficient bloom filters", WEA 2007) with 12 bits for each term, of which 7 are set.
 *
 * <pre>
 *    partition, at a multiple of 64:
 *       | filter blocks: 64 bytes each | bucket 0 begins at | … | buckets end at | place and 16 bits of the hash | …
 *                                        4                        4                8, by bucket
 *    directory: for each partition
 *       | place | filter blocks | bits of the buckets
 *         8       4               4
 * </pre>
 */
final class Directory {
    static final int FILTER_BLOCK_BYTES = 64;
    private static final int FILTER_BITS_PER_TERM = 12;
    static final int FILTER_PROBES = 7;
    private static final int TERMS_PER_BUCKET = 4;
    private static final int PLACE_BITS = 48;
    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;
    private static final int ENTRY_BYTES = 16;
    private static final int MAX_BITS = 24;

    private final Pages pages;
    private final int bits;
    private final long[] at;
    private final int[] filterBlocks;
    private final int[] bucketBits;

    Directory(Pages pages, long directoryAt, int bits) {
        this.pages = pages;
        this.bits = bits;
        if (bits < 0 || bits > MAX_BITS) {
            throw pages.damaged(directoryAt, "the run has a directory of 2^" + bits + " partitions");
        }
        int partitions = 1 << bits;
        at = new long[partitions];
        filterBlocks = new int[partitions];
        bucketBits = new int[partitions];
        for (int i = 0; i < partitions; i++) {
            at[i] = pages.longAt(directoryAt + (long) i * ENTRY_BYTES);
            filterBlocks[i] = pages.intAt(directoryAt + (long) i * ENTRY_BYTES + 8);
            bucketBits[i] = pages.intAt(directoryAt + (long) i * ENTRY_BYTES + 12);
        }
    }

    /** Sees places where a term may be. */
    @FunctionalInterface
    interface Candidate {
        /** Whether it is there. */
        boolean is(long place);
    }

    /** The place of the term with this hash, which the candidate recognizes; -1 if it is not there. */
    long find(long hash, Candidate candidate) {
        int partition = TermPlaces.partition(hash, bits);
        if (!mayHave(partition, hash)) {
            return -1;
        }
        long bucketsAt = at[partition] + (long) filterBlocks[partition] * FILTER_BLOCK_BYTES;
        long entriesAt = bucketsAt + ((1L << bucketBits[partition]) + 1) * Integer.BYTES;
        long bucket = bucketsAt + (long) bucket(hash, bits, bucketBits[partition]) * Integer.BYTES;
        int end = pages.intAt(bucket + Integer.BYTES);
        for (int i = pages.intAt(bucket); i < end; i++) {
            long entry = pages.longAt(entriesAt + (long) i * Long.BYTES);
            if ((entry >>> PLACE_BITS) == (hash & 0xffff)
                    && candidate.is(entry & PLACE_MASK)) {
                return entry & PLACE_MASK;
            }
        }
        return -1;
    }

    private boolean mayHave(int partition, long hash) {
        if (filterBlocks[partition] == 0) {
            return false;
        }
        long probes = TermHash.mixed(hash);
        return pages.hasBits(at[partition] + filterBlock(probes, filterBlocks[partition]), probes);
    }

    private static long filterBlock(long probes, int blocks) {
        return Math.unsignedMultiplyHigh(TermHash.mixed(probes), blocks) * FILTER_BLOCK_BYTES;
    }

    /** Nine bits for each probe. */
    static int probeBit(long probes, int probe) {
        return (int) (probes >>> (probe * 9)) & (FILTER_BLOCK_BYTES * Byte.SIZE - 1);
    }

    private static int bucket(long hash, int partitionBits, int bucketBits) {
        return bucketBits == 0 ? 0 : (int) ((hash << partitionBits) >>> (Long.SIZE - bucketBits));
    }

    /** @return the place of the directory */
    static long write(PageOutput out, TermPlaces terms) throws IOException {
        int partitions = 1 << terms.bits();
        long[] at = new long[partitions];
        int[] blocks = new int[partitions];
        int[] buckets = new int[partitions];
        for (int i = 0; i < partitions; i++) {
            long[] pairs = terms.take(i);
            out.align(FILTER_BLOCK_BYTES);
            at[i] = out.at();
            blocks[i] = writeFilter(out, pairs);
            buckets[i] = writeBuckets(out, pairs, terms.bits());
        }
        long place = out.at();
        for (int i = 0; i < partitions; i++) {
            out.putLong(at[i]);
            out.putInt(blocks[i]);
            out.putInt(buckets[i]);
        }
        return place;
    }

    private static int writeFilter(PageOutput out, long[] pairs) throws IOException {
        int terms = pairs.length / 2;
        int blockBits = FILTER_BLOCK_BYTES * Byte.SIZE;
        int blocks = (int) (((long) terms * FILTER_BITS_PER_TERM + blockBits - 1) / blockBits);
        byte[] filter = new byte[blocks * FILTER_BLOCK_BYTES];
        for (int term = 0; term < terms; term++) {
            long probes = TermHash.mixed(pairs[2 * term]);
            int block = (int) filterBlock(probes, blocks);
            for (int i = 0; i < FILTER_PROBES; i++) {
                int bit = probeBit(probes, i);
                filter[block + (bit >>> 3)] |= (byte) (1 << (bit & 7));
            }
        }
        out.putBytes(filter);
        return blocks;
    }

    private static int writeBuckets(PageOutput out, long[] pairs, int partitionBits) throws IOException {
        int terms = pairs.length / 2;
        int bucketBits = Integer.SIZE - Integer.numberOfLeadingZeros(terms / TERMS_PER_BUCKET);
        int[] ends = new int[(1 << bucketBits) + 1];
        for (int term = 0; term < terms; term++) {
            ends[bucket(pairs[2 * term], partitionBits, bucketBits) + 1]++;
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        for (int end : ends) {
            out.putInt(end);
        }
        long[] entries = new long[terms];
        for (int term = terms - 1; term >= 0; term--) {
            int bucket = bucket(pairs[2 * term], partitionBits, bucketBits);
            entries[ends[bucket]++] = (pairs[2 * term] << PLACE_BITS) | pairs[2 * term + 1];
        }
        for (long entry : entries) {
            out.putLong(entry);
        }
        return bucketBits;
    }
}
