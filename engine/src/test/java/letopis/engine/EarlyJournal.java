package letopis.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import letopis.journal.BlockDraft;
import letopis.journal.BlockVisitor;
import letopis.journal.Journal;
import letopis.journal.JournalMark;
import letopis.journal.JournalStats;
import letopis.journal.RecordReader;
import letopis.store.StoreDamagedException;
import org.jspecify.annotations.Nullable;

/** A journal with a planted bug: it says that a block is durable, and writes it when the next one comes. */
class EarlyJournal implements Journal {
    private final Journal journal;
    private final Duration later;
    /** The block that was promised. */
    private @Nullable BlockDraft promised;

    /** @param later how much later the block is written, beyond the coming of the next one */
    EarlyJournal(Journal journal, Duration later) {
        this.journal = journal;
        this.later = later;
    }

    private void catchUp() throws IOException {
        BlockDraft draft = promised;
        promised = null;
        if (draft != null) {
            LockSupport.parkNanos(later.toNanos());
            journal.append(draft);
        }
    }

    @Override
    public void append(BlockDraft draft) throws IOException {
        promised = draft;
    }

    @Override
    public BlockDraft draft(int records, long payloadBytes) throws IOException {
        catchUp();
        return journal.draft(records, payloadBytes);
    }

    @Override
    public UUID storeId() {
        return journal.storeId();
    }

    @Override
    public long lastBlock() {
        return journal.lastBlock();
    }

    @Override
    public long lastPosition() {
        return journal.lastPosition();
    }

    @Override
    public long replay(long fromBlock, BlockVisitor visitor) throws IOException {
        return journal.replay(fromBlock, visitor);
    }

    @Override
    public JournalMark mark() {
        return journal.mark();
    }

    @Override
    public StoreDamagedException damaged(long place, String damage) {
        return journal.damaged(place, damage);
    }

    @Override
    public RecordReader reader() {
        return journal.reader();
    }

    @Override
    public boolean refresh() throws IOException {
        return journal.refresh();
    }

    @Override
    public JournalStats stats() {
        return journal.stats();
    }

    @Override
    public void close() throws IOException {
        catchUp();
        journal.close();
    }
}
