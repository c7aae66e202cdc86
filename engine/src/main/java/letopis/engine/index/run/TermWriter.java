package letopis.engine.index.run;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the terms of a run, in the order of their kinds and names, and their positions; in one go, so that a list of any
 * length passes through a buffer of one block.
 *
 * <pre>
 *    of more than 128 positions: | block | block | … | skip entry | skip entry | …   and then the term
 *       block:      | position - the one before |…  127 times, without the block's first; fewer in the last block
 *                     v
 *       skip entry: | first position of a block | place of the block
 *                     8                           8
 *
 *    term: | flags | name  | base revision | rules | count | first - base | last - first | position - the one before |…
 *            1       v + n   v                       v       v              v              v
 *                            streams only    bit 3           count &gt; 0     count &gt; 1      the others, if 128 or fewer
 *
 *    flags, bits 0 and 1: the kind   bit 3: rules are there   bit 4: the stream began here
 * </pre>
 */
final class TermWriter {
    static final int BLOCK = 128;
    static final int SKIP_BYTES = 16;
    static final int KIND = 3;
    static final int RULES = 8;
    static final int BEGAN = 16;

    private final PageOutput out;
    private final long base;
    private final ColumnWriter ordinals;
    private final TermPlaces places;
    private final long seed;
    private final long[] counts = new long[4];
    private long streamsWithRules;

    private TermKind kind = TermKind.STREAM;
    private byte[] name = new byte[0];
    private long hash;
    private long baseRevision;
    private StreamRules rules = StreamRules.NONE;
    private boolean began;
    private final long[] block = new long[BLOCK];
    private int inBlock;
    private long count;
    private long first;
    private long last;
    private long[] skips = new long[16];
    private int skipped;

    TermWriter(PageOutput out, long base, long seed, TermPlaces places) {
        this.out = out;
        this.base = base;
        this.seed = seed;
        this.places = places;
        this.ordinals = new ColumnWriter(out);
    }

    void begin(TermKind newKind, byte[] newName, long revision, StreamRules newRules, boolean beganHere) {
        kind = newKind;
        name = newName;
        hash = TermHash.of(seed, newKind, newName, 0, newName.length);
        baseRevision = revision;
        rules = newRules;
        began = beganHere;
        inBlock = 0;
        count = 0;
        first = 0;
        last = 0;
        skipped = 0;
    }

    /** Adds so many positions. */
    void add(long[] positions, int size) throws IOException {
        for (int done = 0; done < size;) {
            if (inBlock == BLOCK) {
                putBlock();
            }
            int now = Math.min(size - done, BLOCK - inBlock);
            System.arraycopy(positions, done, block, inBlock, now);
            inBlock += now;
            done += now;
        }
        if (size > 0) {
            first = count == 0 ? positions[0] : first;
            last = positions[size - 1];
            count += size;
        }
    }

    /** Ends a term; one of which there is nothing to say is left out. */
    void end() throws IOException {
        boolean hasRules = !rules.equals(StreamRules.NONE);
        if (count == 0 && !hasRules) {
            return;
        }
        if (count > BLOCK) {
            putBlock();
            for (int i = 0; i < 2 * skipped; i++) {
                out.putLong(skips[i]);
            }
        }
        long place = out.at();
        out.putByte(kind.number() | (hasRules ? RULES : 0) | (began ? BEGAN : 0));
        out.putNumber(name.length);
        out.putBytes(name);
        if (kind == TermKind.STREAM) {
            out.putNumber(baseRevision);
        }
        if (hasRules) {
            RulesForm.put(out, rules);
            streamsWithRules++;
        }
        out.putNumber(count);
        putShort();
        counts[kind.number()]++;
        places.add(hash, place);
        ordinals.add(place);
    }

    private void putShort() throws IOException {
        if (count > 0) {
            out.putNumber(first - base);
        }
        if (count > 1) {
            out.putNumber(last - first);
        }
        if (count <= BLOCK) {
            for (int i = 1; i < count - 1; i++) {
                out.putNumber(block[i] - block[i - 1]);
            }
        }
    }

    private void putBlock() throws IOException {
        if (skips.length < 2 * skipped + 2) {
            skips = Arrays.copyOf(skips, skips.length * 2);
        }
        skips[2 * skipped] = block[0];
        skips[2 * skipped + 1] = out.at();
        skipped++;
        for (int i = 1; i < inBlock; i++) {
            out.putNumber(block[i] - block[i - 1]);
        }
        inBlock = 0;
    }

    /** @return where the places of the terms are, by their order */
    long endAll() throws IOException {
        return ordinals.end();
    }

    /** How many terms of each kind were written. */
    List<Long> counts() {
        return Arrays.stream(counts).boxed().toList();
    }

    long streamsWithRules() {
        return streamsWithRules;
    }
}
