package letopis.engine.sequencer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.engine.record.PreparedEvent;
import letopis.engine.seal.Sealing;
import letopis.journal.BlockDraft;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.store.Bytes;
import letopis.store.StoreException;

/** What the writer's thread hands to the sealing, and how seals come into the log. */
final class SealHandover {
    private final Sealing sealing;
    private final Journal journal;
    private final WaitingRequests waiting;

    SealHandover(Sealing sealing, Journal journal, WaitingRequests waiting) {
        this.sealing = sealing;
        this.journal = journal;
        this.waiting = waiting;
        sealing.start(this::take);
    }

    /** Takes a seal if there is room in the queue: what seals waits for nobody. */
    private boolean take(byte[] seal, Sealing.Outcome outcome) {
        try {
            waiting.put(new Request.OfSeal(Bytes.wrap(seal), outcome, Answer.forNobody()), false);
            return true;
        } catch (StoreException _) {
            return false;
        }
    }

    /** A block is published, in which these are, the last record at that place. */
    void published(List<Decided> decided, long lastPlace) {
        List<PreparedEvent[]> appends = new ArrayList<>(decided.size());
        long bytes = 0;
        for (Decided one : decided) {
            if (one.written() && one.request() instanceof Request.OfAppend it) {
                appends.add(it.append().events());
                bytes += it.bytes();
            }
        }
        if (!appends.isEmpty()) {
            sealing.published(appends, (int) (lastPlace >>> 32), bytes);
        }
    }

    /**
     * The last seal goes into a block of its own, if there is room for it.
     *
     * @param writable whether the journal takes more blocks
     */
    void end(boolean writable) throws IOException {
        Optional<byte[]> seal = sealing.end();
        Optional<Long> durable = Optional.empty();
        try {
            if (seal.isPresent() && writable) {
                BlockDraft target = journal.draft(1, seal.get().length);
                long place = target.add(RecordKind.SEAL, seal.get(), 0, seal.get().length);
                journal.append(target);
                durable = Optional.of(place);
            }
        } catch (StoreException _) {
            // the next opening hashes what is not sealed, and seals it
        } finally {
            sealing.close(durable);
        }
    }
}
