package letopis.engine;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import letopis.engine.index.Index;
import letopis.engine.index.IndexVerification;
import letopis.engine.index.run.StreamRules;
import letopis.engine.read.Publication;
import letopis.engine.read.Replay;
import letopis.engine.record.EventKeys;
import letopis.engine.record.FloorRecord;
import letopis.engine.record.ForgetRecord;
import letopis.engine.record.MalformedRecordException;
import letopis.journal.BlockVisitor;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.store.StoreDamagedException;

/**
 * Compares the records of a journal with the runs of its index, as far as those reach; what comes behind is added to the index
 * and checked by that.
 */
final class RecordsOfRuns implements BlockVisitor {
    private final Journal journal;
    private final IndexVerification verification;
    private final long lastBlock;
    private final Replay behind;
    private final EventKeys keys = new EventKeys();
    private long last;
    private long lastMicros = Long.MIN_VALUE;

    /** @param lastBlock the number of the last block that the runs reach */
    RecordsOfRuns(Journal journal, Index index, long lastBlock) {
        this.journal = journal;
        this.verification = new IndexVerification(index);
        this.lastBlock = lastBlock;
        this.behind = new Replay(journal, index, new Publication("the store that is verified"));
    }

    @Override
    public void record(long block, RecordKind kind, long position, long place, ByteBuffer payload) {
        if (block > lastBlock) {
            behind.record(block, kind, position, place, payload);
            return;
        }
        try {
            switch (kind) {
                case EVENT -> event(position, place, payload);
                case ERASED -> {
                    next(position, place);
                    verification.erased(position);
                }
                case FORGET -> forget(payload);
                case SEAL, TAGS -> {
                    // other than the positions of events
                }
            }
        } catch (MalformedRecordException e) {
            throw journal.damaged(place, "record of block " + block + " cannot be read: " + e.getMessage());
        }
    }

    private void event(long position, long place, ByteBuffer payload) throws MalformedRecordException {
        keys.take(payload);
        next(position, place);
        if (keys.position() != position) {
            throw journal.damaged(place,
                    "the event at position " + position + " says that it is at " + keys.position());
        }
        if (keys.timeMicros() < lastMicros) {
            throw journal.damaged(place, "the event at position " + position + " was recorded before one before it");
        }
        lastMicros = keys.timeMicros();
        verification.event(keys, place);
    }

    private void next(long position, long place) {
        if (position != ++last) {
            throw journal.damaged(place, "position " + position + " is where " + last + " should be");
        }
    }

    private void forget(ByteBuffer payload) throws MalformedRecordException {
        if (FloorRecord.isAt(payload)) {
            FloorRecord floor = FloorRecord.decode(payload);
            verification.floor(floor.stream(), new StreamRules.Floor(floor.firstKept(), floor.lastPosition(),
                    floor.lastPositionMicros()));
        } else {
            verification.forget(ForgetRecord.decode(payload));
        }
    }

    @Override
    public void endOfBlock(long block, long lastPosition) {
        if (block > lastBlock) {
            behind.endOfBlock(block, lastPosition);
        }
    }

    /** Compares the sums. */
    void finish(Consumer<StoreDamagedException> faults) {
        verification.finish(faults);
    }
}
