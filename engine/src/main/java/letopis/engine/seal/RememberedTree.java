package letopis.engine.seal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.journal.Journal;
import letopis.journal.disk.Disk;
import letopis.proof.ChunkRoots;
import letopis.proof.Frontier;
import letopis.proof.Hash;
import letopis.proof.SealedRoot;
import letopis.proof.TreeHasher;
import letopis.proof.VerifyingKey;
import org.jspecify.annotations.Nullable;

/**
 * The tree that is sealed, as far as it is needed to go on with it, and what is remembered of it in files. A file that fails is
 * given up: the tree can be made again from the log. For one thread at a time.
 */
final class RememberedTree {
    private static final int MAX_CHUNKS_AT_HAND = 1024;

    private final Journal journal;
    private final List<Hash> completed = new ArrayList<>();
    private final Frontier frontier = new Frontier(new TreeHasher(), this::completed);
    private @Nullable SealFiles files;
    private long sealedSize;

    private RememberedTree(Journal journal, @Nullable SealFiles files) {
        this.journal = journal;
        this.files = files;
    }

    /**
     * The tree at the newest seal of one of these keys; without one, over all events of the log.
     *
     * @throws letopis.store.StoreDamagedException if the log has seals of these keys, and not the events that they are about
     */
    static RememberedTree open(Journal journal, Optional<Disk> disk, List<VerifyingKey> keys) throws IOException {
        SealFiles files = disk.isPresent() ? files(disk.get(), journal) : null;
        RememberedTree tree = new RememberedTree(journal, files);
        try {
            Optional<FoundSeal> newest = files == null
                    ? Optional.empty()
                    : FoundSeal.newest(files.seals(), journal, root -> root.isSignedBy(keys));
            if (files != null && newest.isPresent()) {
                SealRecord seal = newest.get().seal();
                tree.frontier.restore(seal.root().size(), seal.frontier());
                tree.sealedSize = seal.root().size();
                files.goOnAfter(newest.get().remembered(), seal.root().size());
            } else {
                tree.rebuild(keys);
            }
            return tree;
        } catch (IOException | RuntimeException | Error e) {
            tree.close();
            throw e;
        }
    }

    /** A store whose disk is full, for example, is sealed all the same. */
    private static @Nullable SealFiles files(Disk disk, Journal journal) {
        try {
            return SealFiles.forWriting(disk, journal.storeId());
        } catch (IOException _) {
            return null;
        }
    }

    /** Hashes all events again, and looks whether they are those that were sealed. */
    private void rebuild(List<VerifyingKey> keys) throws IOException {
        TreeScan scan = new TreeScan(journal.storeId(), List.of());
        journal.replay(1, scan);
        scan.end();
        for (TreeScan.Met met : scan.met()) {
            SealedRoot root = met.expected().root();
            if (root.isSignedBy(keys)) {
                if (!met.matches()) {
                    throw journal.damaged(met.expected().place().orElse(0L), "the first " + root.size()
                            + " events are not those that this seal was made for; all of it is told by verify with"
                            + " the public key");
                }
                sealedSize = Math.max(sealedSize, root.size());
            }
        }
        frontier.restore(scan.frontier().size(), scan.frontier().hashes());
        remember(scan);
    }

    private void remember(TreeScan scan) {
        SealFiles target = files;
        if (target == null) {
            return;
        }
        try {
            target.reset();
            List<Hash> chunks = new ArrayList<>();
            for (int chunk = 0; chunk < scan.chunks().count(); chunk++) {
                chunks.add(scan.chunks().get(chunk));
                if (chunks.size() == MAX_CHUNKS_AT_HAND) {
                    target.add(chunks);
                    chunks.clear();
                }
            }
            target.add(chunks);
            for (SealFiles.Remembered seal : scan.seals()) {
                target.add(seal);
            }
        } catch (IOException e) {
            giveUp(target);
        }
    }

    Frontier frontier() {
        return frontier;
    }

    /** Of how many events the newest seal in the log is. */
    long sealedSize() {
        return sealedSize;
    }

    void append(Hash leaf) {
        frontier.append(leaf);
        if (completed.size() >= MAX_CHUNKS_AT_HAND) {
            save();
        }
    }

    private void completed(int level, long index, Hash root) {
        if (level == ChunkRoots.LEVEL) {
            completed.add(root);
        }
    }

    /** Seals the tree as it is. */
    SealRecord seal(SealOptions options) {
        return new SealRecord(SealedRoot.sign(journal.storeId(), frontier.size(), frontier.root(),
                options.clockMicros().getAsLong(), options.key()), frontier.hashes());
    }

    /** Remembers a seal that is in the log now. */
    void remember(SealRecord seal, long place) {
        sealedSize = Math.max(sealedSize, seal.root().size());
        save();
        SealFiles target = files;
        if (target != null) {
            try {
                target.add(new SealFiles.Remembered(seal.root().size(), place, seal.root().root()));
            } catch (IOException e) {
                giveUp(target);
            }
        }
    }

    private void save() {
        SealFiles target = files;
        if (target != null) {
            try {
                target.add(completed);
            } catch (IOException e) {
                giveUp(target);
            }
        }
        completed.clear();
    }

    private void giveUp(SealFiles target) {
        files = null;
        try {
            target.close();
        } catch (IOException _) {
            // what is in it is checked before it is believed
        }
    }

    void close() {
        SealFiles target = files;
        if (target != null) {
            giveUp(target);
        }
    }
}
