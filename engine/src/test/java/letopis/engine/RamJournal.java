package letopis.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

import letopis.journal.BlockDraft;
import letopis.journal.BlockVisitor;
import letopis.journal.BlockWrite;
import letopis.journal.Journal;
import letopis.journal.JournalMark;
import letopis.journal.JournalStats;
import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.store.StoreDamagedException;
import letopis.store.StoreFullException;
import org.jspecify.annotations.Nullable;

/** A journal in memory whose disk is in the test's hand: it can be slow, full or broken. Stays when it is closed. */
final class RamJournal implements Journal {
    private static final int DRAFT_BYTES = 1 << 20;

    private final List<List<Kept>> blocks = Collections.synchronizedList(new ArrayList<>());
    private final List<Kept> records = Collections.synchronizedList(new ArrayList<>());
    /** Each block takes a permit before it is durable; without limit unless the test drains them. */
    final Semaphore forces = new Semaphore(Integer.MAX_VALUE / 2);
    /** How many records were read by their places. */
    final AtomicLong recordsRead = new AtomicLong();
    /** The place of a record that cannot be read; none if negative. */
    volatile long unreadable = -1;
    volatile boolean full;
    volatile @Nullable IOException broken;
    volatile @Nullable Error wicked;
    /** Who made the last block durable. */
    volatile @Nullable Thread lastForcedBy;
    private volatile long lastPosition;
    private int sealedRecords;
    private long sealedPosition;

    /** A record; nobody changes its payload. */
    record Kept(RecordKind kind, ByteBuffer payload, long position, long place) {}

    /** A block in the making. */
    private final class Draft implements BlockDraft {
        private final List<Kept> added = new ArrayList<>();
        private final long size;
        private long bytes;
        private long position = sealedPosition;

        Draft(long bytes) {
            this.size = Math.max(bytes, DRAFT_BYTES);
        }

        @Override
        public boolean hasRoomFor(int count, long payloadBytes) {
            return bytes + payloadBytes <= size;
        }

        @Override
        public long add(RecordKind kind, byte[] payload, int offset, int length) {
            if (!hasRoomFor(length)) {
                throw new IllegalStateException("no room for " + length + " bytes");
            }
            bytes += length;
            position += kind.takesPosition() ? 1 : 0;
            long place = (long) sealedRecords + added.size();
            added.add(new Kept(kind, ByteBuffer.wrap(Arrays.copyOfRange(payload, offset, offset + length)), position,
                    place));
            return place;
        }

        @Override
        public int records() {
            return added.size();
        }
    }

    @Override
    public UUID storeId() {
        return new UUID(1, 2);
    }

    @Override
    public long lastBlock() {
        return blocks.size();
    }

    @Override
    public long lastPosition() {
        return lastPosition;
    }

    @Override
    public BlockDraft draft(int count, long payloadBytes) throws IOException {
        if (full) {
            throw new StoreFullException("the journal", new IOException("no space left"));
        }
        return new Draft(payloadBytes);
    }

    @Override
    public void append(BlockDraft draft) throws IOException {
        seal(draft).run();
    }

    @Override
    public BlockWrite seal(BlockDraft draft) {
        Draft done = (Draft) draft;
        sealedRecords += done.added.size();
        sealedPosition = done.position;
        return () -> write(done);
    }

    private void write(Draft done) throws IOException {
        lastForcedBy = Thread.currentThread();
        forces.acquireUninterruptibly();
        if (broken != null) {
            throw broken;
        }
        if (wicked != null) {
            throw wicked;
        }
        records.addAll(done.added);
        blocks.add(done.added);
        lastPosition = done.position;
    }

    @Override
    public long replay(long fromBlock, BlockVisitor visitor) {
        long block = fromBlock;
        long position = 0;
        for (; block <= blocks.size(); block++) {
            for (Kept one : blocks.get((int) block - 1)) {
                position = one.position;
                visitor.record(block, one.kind, position, one.place, one.payload.asReadOnlyBuffer());
            }
            visitor.endOfBlock(block, position);
        }
        return block;
    }

    @Override
    public JournalMark mark() {
        return new JournalMark(lastBlock(), lastPosition, 0, 0, 0);
    }

    @Override
    public RecordReader reader() {
        return new RecordReader() {
            private Kept last = new Kept(RecordKind.EVENT, ByteBuffer.allocate(0), 0, 0);

            @Override
            public void seek(long place) {
                if (place == unreadable) {
                    throw damaged(place, "unreadable");
                }
                last = records.get((int) place);
                recordsRead.incrementAndGet();
            }

            @Override
            public RecordKind kind() {
                return last.kind;
            }

            @Override
            @SuppressWarnings("ByteBufferBackingArray") // it is wrapped from its first byte on
            public byte[] array() {
                return last.payload.array();
            }

            @Override
            public int offset() {
                return 0;
            }

            @Override
            public int length() {
                return last.payload.capacity();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public StoreDamagedException damaged(long place, String damage) {
        return new StoreDamagedException("record", place, damage);
    }

    @Override
    public boolean refresh() {
        return false;
    }

    @Override
    public JournalStats stats() {
        return new JournalStats(1, blocks.size(), 0, 0, false);
    }

    @Override
    public void close() {}
}
