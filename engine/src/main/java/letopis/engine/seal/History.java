package letopis.engine.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.journal.disk.Disk;
import letopis.proof.ChunkRoots;
import letopis.proof.ConsistencyProof;
import letopis.proof.Hash;
import letopis.proof.HashTree;
import letopis.proof.InclusionProof;
import letopis.proof.Octets;
import letopis.proof.SealedRoot;
import letopis.proof.TreeHasher;

/**
 * What a store can prove as of now: up to its newest seal. Uses what is remembered of the tree ({@link SealFiles}); where that is
 * missing or wrong, all events are hashed again. For one thread at a time, and one question.
 */
public final class History {
    private final Journal journal;
    private final LongUnaryOperator places;
    private final long head;
    private final TreeHasher hasher = new TreeHasher();
    private ChunkRoots chunks = new ChunkRoots();
    private Optional<SealedRoot> newest = Optional.empty();
    private long newestPlace;
    private boolean scanned;

    /**
     * @param places the place of the record of each position up to the head
     * @param head   the newest position that can be asked for
     * @param disk   where the tree is remembered, if it is
     */
    public History(Journal journal, LongUnaryOperator places, long head, Optional<Disk> disk) throws IOException {
        this.journal = journal;
        this.places = places;
        this.head = head;
        if (disk.isPresent()) {
            List<SealFiles.Remembered> seals = SealFiles.read(disk.get(), journal.storeId(), chunks);
            // of chunks that reach farther than the seal, only those before it are asked for
            believe(seals);
        }
        if (newest.isEmpty()) {
            scan();
        }
    }

    private void scan() throws IOException {
        TreeScan scan = new TreeScan(journal.storeId(), List.of());
        journal.replay(1, scan);
        chunks = scan.end().chunks();
        scanned = true;
        List<SealFiles.Remembered> seals = scan.seals();
        believe(seals);
    }

    private void believe(List<SealFiles.Remembered> seals) throws IOException {
        Optional<FoundSeal> found = FoundSeal.newest(seals, journal, root -> root.size() <= head);
        if (found.isPresent()) {
            newest = Optional.of(found.get().seal().root());
            newestPlace = found.get().place();
        }
    }

    /** The newest root that is sealed, if there is one. */
    public Optional<SealedRoot> newest() {
        return newest;
    }

    /**
     * Proves that an event is at its position.
     *
     * @param position at most the size of the {@linkplain #newest newest} root, which is there
     * @throws letopis.store.StoreDamagedException if the events are not those that were sealed
     */
    public InclusionProof prove(long position) throws IOException {
        SealedRoot root = newest.orElseThrow();
        try (RecordReader reader = journal.reader()) {
            HashTree tree = tree(reader, root);
            List<Hash> path = tree.inclusion(position - 1, root.size());
            ByteBuffer payload = reader.read(places.applyAsLong(position));
            if (reader.kind() == RecordKind.ERASED) {
                return InclusionProof.ofErased(position, EventLeaf.of(hasher, RecordKind.ERASED, payload), path, root);
            }
            byte[] event = new byte[payload.remaining()];
            payload.duplicate().get(event);
            return InclusionProof.of(position, Octets.of(event), path, root);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Proves that a history that was sealed before is the beginning of this one.
     *
     * @param old a root of this store
     * @throws letopis.store.StoreDamagedException if it is not, or the events are not those that were sealed
     */
    public ConsistencyProof prove(SealedRoot old) throws IOException {
        if (newest.orElseThrow().size() < old.size() && !scanned) {
            scan();
        }
        SealedRoot root = newest.orElseThrow();
        if (root.size() < old.size()) {
            throw journal.damaged(newestPlace, "the newest seal is over " + root.size() + " events, but one over "
                    + old.size() + " was there: the log was cut, or is an older copy");
        }
        try (RecordReader reader = journal.reader()) {
            HashTree tree = tree(reader, root);
            if (!tree.root(old.size()).equals(old.root())) {
                throw journal.damaged(newestPlace, "the first " + old.size()
                        + " events are not those that were there when the other root was sealed");
            }
            return new ConsistencyProof(old, tree.consistency(old.size(), root.size()), root);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The tree, which has the sealed root: so every path in it leads there. */
    private HashTree tree(RecordReader reader, SealedRoot root) throws IOException {
        if (!tree(reader).root(root.size()).equals(root.root())) {
            if (!scanned) {
                scan();
            }
            if (!tree(reader).root(root.size()).equals(root.root())) {
                throw journal.damaged(newestPlace, "the first " + root.size()
                        + " events are not those that this seal was made for");
            }
        }
        return tree(reader);
    }

    private HashTree tree(RecordReader reader) {
        return new HashTree(hasher, chunks.over(hasher, (_, index) -> leaf(reader, index + 1)));
    }

    private Hash leaf(RecordReader reader, long position) {
        try {
            ByteBuffer payload = reader.read(places.applyAsLong(position));
            return EventLeaf.of(hasher, reader.kind(), payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
