package letopis.engine.index;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import letopis.engine.index.run.Run;
import letopis.journal.Journal;
import letopis.journal.JournalMark;
import letopis.journal.disk.Disk;
import letopis.store.StoreDamagedException;
import org.jspecify.annotations.Nullable;

/**
 * What a directory has of an index, looked at before the journal is opened, which begins to read where the index ends. An index
 * that is not there, not whole, or not of this journal is no index: it is made anew.
 */
public final class SavedIndex implements AutoCloseable {
    /** The directory of an index, in that of its store. */
    public static final String DIRECTORY = "index";
    /** So often a writer may have put another manifest in place, and deleted runs, while they are being opened. */
    private static final int ATTEMPTS = 10;

    private final @Nullable Disk disk;
    private final @Nullable Manifest manifest;
    private final List<Slot> slots;
    private final AddedTags tags;

    private SavedIndex(@Nullable Disk disk, @Nullable Manifest manifest, List<Slot> slots, AddedTags tags) {
        this.disk = disk;
        this.manifest = manifest;
        this.slots = slots;
        this.tags = tags;
    }

    /** No index, and none to be made: it stays in memory. */
    public static SavedIndex none() {
        return new SavedIndex(null, null, List.of(), AddedTags.NONE);
    }

    /** Looks into the directory of a store. */
    public static SavedIndex in(Disk store) {
        return look(store.directory(DIRECTORY));
    }

    private static SavedIndex look(Disk disk) {
        Optional<Manifest> manifest = Manifest.read(disk);
        for (int i = 0; i < ATTEMPTS && manifest.isPresent(); i++) {
            Optional<List<Slot>> slots = IndexFolder.open(disk, manifest.get());
            Optional<AddedTags> tags = manifest.get().tags().read(disk);
            if (slots.isPresent() && tags.isPresent()) {
                return new SavedIndex(disk, manifest.get(), slots.get(), tags.get());
            }
            slots.ifPresent(them -> them.forEach(slot -> ((Run) slot.part()).close()));
            manifest = Manifest.read(disk);
        }
        return new SavedIndex(disk, null, List.of(), AddedTags.NONE);
    }

    /**
     * Lets an index that follows a writer take over what the writer has saved meanwhile, when it has come to keep much in
     * memory itself. For the thread that adds.
     */
    public void refresh(Index index) {
        if (disk != null && index.keepsMuch()) {
            SavedIndex newer = look(disk);
            if (newer.manifest == null || !newer.manifest.storeId().equals(index.storeId())
                    || !index.adopt(newer.slots)) {
                newer.close();
            }
        }
    }

    /** What says that there is an index that is not whole; an opening makes it anew. */
    public Optional<StoreDamagedException> damage() {
        try {
            return manifest == null && disk != null && disk.exists() && disk.list().contains(Manifest.FILE)
                    ? Optional.of(new StoreDamagedException(DIRECTORY + "/" + Manifest.FILE, 0,
                            "the index is not whole: the manifest or a run that it names is not as it was written; the next"
                                    + " opening for writing makes it anew"))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // the journal's files say more of a disk that cannot be read
        }
    }

    /** How far into the journal it reaches. */
    public Optional<JournalMark> mark() {
        return Optional.ofNullable(manifest).map(Manifest::mark);
    }

    /** Gives up what was looked at; whoever opens the index closes that instead. */
    @Override
    public void close() {
        slots.forEach(slot -> ((Run) slot.part()).close());
    }

    /** Whether it is an index of a journal that was opened with its mark. */
    private boolean isOf(UUID storeId, Optional<JournalMark> resumedFrom) {
        return manifest != null && manifest.storeId().equals(storeId)
                && resumedFrom.equals(Optional.of(manifest.mark()));
    }

    /**
     * The index to begin with, with all that was saved. The caller replays the journal from there.
     *
     * @param resumedFrom the mark that the journal was resumed from
     * @param writes      whether it is to be saved here; else what is added stays in memory
     */
    public Index open(Journal journal, Optional<JournalMark> resumedFrom, IndexOptions options, boolean writes) {
        UUID storeId = journal.storeId();
        boolean isOf = isOf(storeId, resumedFrom);
        if (!isOf) {
            close();
        }
        List<Slot> kept = isOf ? slots : List.of();
        AddedTags keptTags = isOf ? tags : AddedTags.NONE;
        if (disk == null || !writes) {
            return new Index(storeId, options, kept, keptTags, null, Optional.empty());
        }
        IndexFolder folder = new IndexFolder(disk, storeId);
        try {
            folder.prepare(kept, isOf && manifest != null ? manifest.tags() : AddedTagsFile.NONE);
        } catch (IOException e) {
            return new Index(storeId, options, kept, keptTags, null, Optional.of(e));
        }
        return new Index(storeId, options, kept, keptTags, folder, Optional.empty());
    }
}
