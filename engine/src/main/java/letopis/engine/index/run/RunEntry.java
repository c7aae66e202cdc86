package letopis.engine.index.run;

/** A term of a run, as {@link TermWriter} wrote it. Decodes the positions of a block at a time, and keeps the last one. */
final class RunEntry implements Entry {
    private static final long[] NOTHING = {};

    private final PageScanner scanner;
    private final Pages pages;
    private final byte[] name;
    private final TermKind kind;
    private final boolean began;
    private final long baseRevision;
    private final StreamRules rules;
    private final long count;
    private final long first;
    private final long last;
    private final long listAt;
    private long[] decoded = NOTHING;
    private long decodedBlock = -1;

    RunEntry(Pages pages, long base, long place) {
        this.pages = pages;
        scanner = new PageScanner(pages, place);
        int flags = scanner.takeByte();
        kind = TermKind.of(flags & TermWriter.KIND);
        began = (flags & TermWriter.BEGAN) != 0;
        name = scanner.takeBytes((int) scanner.takeNumber());
        baseRevision = kind == TermKind.STREAM ? scanner.takeNumber() : 0;
        rules = (flags & TermWriter.RULES) == 0 ? StreamRules.NONE : RulesForm.take(scanner);
        count = scanner.takeNumber();
        first = count > 0 ? base + scanner.takeNumber() : 0;
        last = count > 1 ? first + scanner.takeNumber() : first;
        listAt = count > TermWriter.BLOCK ? place - blocks() * TermWriter.SKIP_BYTES : scanner.at();
    }

    private long blocks() {
        return (count + TermWriter.BLOCK - 1) / TermWriter.BLOCK;
    }

    TermKind kind() {
        return kind;
    }

    @Override
    public byte[] name() {
        return name;
    }

    @Override
    public long baseRevision() {
        return baseRevision;
    }

    @Override
    public StreamRules rules() {
        return rules;
    }

    @Override
    public boolean beganHere() {
        return began;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public long last() {
        return last;
    }

    @Override
    public long at(long rank) {
        if (rank == 0) {
            return first;
        }
        if (rank == count - 1) {
            return last;
        }
        decode(rank / TermWriter.BLOCK);
        return decoded[(int) (rank % TermWriter.BLOCK)];
    }

    @Override
    public int copy(long rank, long[] target) {
        if (count == 1) {
            target[0] = first;
            return 1;
        }
        decode(rank / TermWriter.BLOCK);
        int from = (int) (rank % TermWriter.BLOCK);
        int copied = Math.min(decoded.length - from, target.length);
        System.arraycopy(decoded, from, target, 0, copied);
        return copied;
    }

    @Override
    public long rankAbove(long position, long from, long to) {
        if (from >= to) {
            return to;
        }
        long block = count > TermWriter.BLOCK ? blockOf(position, from, to) : 0;
        decode(block);
        long blockFrom = block * TermWriter.BLOCK;
        int low = (int) (Math.max(from, blockFrom) - blockFrom);
        int high = (int) (Math.min(to, blockFrom + decoded.length) - blockFrom);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (decoded[middle] <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return blockFrom + low;
    }

    /** The last block in a range of ranks that begins at or below a position; the first of the range if none does. */
    private long blockOf(long position, long from, long to) {
        long low = from / TermWriter.BLOCK;
        long end = (to - 1) / TermWriter.BLOCK + 1;
        long step = 1;
        while (low + step < end && firstOf(low + step) <= position) {
            low += step;
            step <<= 1;
        }
        long high = Math.min(low + step, end);
        while (low + 1 < high) {
            long middle = (low + high) >>> 1;
            if (firstOf(middle) <= position) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long firstOf(long block) {
        return pages.longAt(listAt + block * TermWriter.SKIP_BYTES);
    }

    private void decode(long block) {
        if (block == decodedBlock) {
            return;
        }
        int size = (int) Math.min(TermWriter.BLOCK, count - block * TermWriter.BLOCK);
        decodedBlock = -1;
        long[] positions = decoded.length == size ? decoded : new long[size];
        if (count > TermWriter.BLOCK) {
            positions[0] = firstOf(block);
            scanner.goTo(pages.longAt(listAt + block * TermWriter.SKIP_BYTES + Long.BYTES));
        } else {
            positions[0] = first;
            positions[size - 1] = last;
            scanner.goTo(listAt);
        }
        int deltas = count > TermWriter.BLOCK ? size : size - 1;
        for (int i = 1; i < deltas; i++) {
            positions[i] = positions[i - 1] + scanner.takeNumber();
        }
        decoded = positions;
        decodedBlock = block;
    }
}
