package letopis.engine;

import java.io.IOException;
import java.util.UUID;

import letopis.journal.BlockDraft;
import letopis.journal.BlockVisitor;
import letopis.journal.Journal;
import letopis.journal.JournalStats;
import letopis.journal.RecordReader;
import letopis.store.StoreDamagedException;
import org.jspecify.annotations.Nullable;

/** A journal with a planted bug: it says that a block is durable, and writes it when the next one comes. */
record EarlyJournal(Journal journal, Late late) implements Journal {
    /** The block that was promised. */
    private static final class Late {
        private @Nullable BlockDraft draft;
    }

    EarlyJournal(Journal journal) {
        this(journal, new Late());
    }

    private void catchUp() throws IOException {
        BlockDraft draft = late.draft;
        late.draft = null;
        if (draft != null) {
            journal.append(draft);
        }
    }

    @Override
    public void append(BlockDraft draft) throws IOException {
        late.draft = draft;
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
