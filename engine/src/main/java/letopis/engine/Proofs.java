package letopis.engine;

import java.io.IOException;
import java.util.Optional;

import letopis.engine.read.Events;
import letopis.engine.seal.History;
import letopis.journal.Journal;
import letopis.journal.disk.Disk;
import letopis.proof.ConsistencyProof;
import letopis.proof.InclusionProof;
import letopis.proof.InvalidProofException;
import letopis.proof.SealedRoot;
import letopis.store.StoreFailedException;

/**
 * The proofs that a tamper-evident store gives: see {@link EmbeddedEventStore#proofs}. Each is checked without the store, with
 * {@link letopis.proof.Proof}. A call reads a part of what is remembered of the tree, 32 bytes for each 64 events, or all events
 * where that is missing. Safe for any number of threads.
 */
public final class Proofs {
    private final Journal journal;
    private final Events events;
    private final Optional<Disk> disk;

    Proofs(Journal journal, Events events, Optional<Disk> disk) {
        this.journal = journal;
        this.events = events;
        this.disk = disk;
    }

    private interface Question<T> {
        T of(History history) throws IOException;
    }

    /** The newest root that is sealed; nothing if none is. Keep it elsewhere: it tells a log that is cut, or an older copy. */
    public Optional<SealedRoot> sealedRoot() {
        return ask(History::newest);
    }

    /**
     * Proves that an event is at a position.
     *
     * @throws NotSealedException                  if it is not sealed yet
     * @throws letopis.store.StoreDamagedException if the events are not those that were sealed
     */
    public InclusionProof proveInclusion(long position) {
        return ask(history -> {
            long sealed = sealed(history);
            if (position < 1) {
                throw new IllegalArgumentException("positions begin at 1, not " + position);
            }
            if (position > sealed) {
                throw new NotSealedException(
                        "position " + position + " is not sealed yet: the newest seal is over the first "
                                + sealed + " events",
                        sealed);
            }
            return history.prove(position);
        });
    }

    /**
     * Proves that the history which an older root stands for is the beginning of what is sealed now.
     *
     * @throws NotSealedException                  if nothing is sealed
     * @throws InvalidProofException               if the root is one of another store
     * @throws letopis.store.StoreDamagedException if it is not the beginning, or the events are not those that were sealed
     */
    public ConsistencyProof proveConsistency(SealedRoot old) {
        if (!old.store().equals(journal.storeId())) {
            throw new InvalidProofException(
                    "the root is of the store " + old.store() + ", and this is " + journal.storeId());
        }
        return ask(history -> {
            sealed(history);
            return history.prove(old);
        });
    }

    private static long sealed(History history) {
        return history.newest()
                .orElseThrow(() -> new NotSealedException("nothing in this store is sealed", 0))
                .size();
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.of(new History(journal, events.index()::place, events.publication().head(), disk));
        } catch (IOException e) {
            throw new StoreFailedException("the log cannot be read: " + e.getMessage(), e);
        }
    }
}
