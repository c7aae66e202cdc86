package letopis.engine.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;

import letopis.engine.index.run.HeapSink;
import letopis.engine.index.run.Merge;
import letopis.engine.index.run.Part;
import letopis.engine.index.run.Run;
import letopis.engine.thread.OwnedThread;
import org.jspecify.annotations.Nullable;

/**
 * Turns frozen parts into runs, saves the runs, and merges them: eight of a level into one of the next, so that their number
 * grows with the logarithm of the store. In a thread of its own, or in the one that adds.
 *
 * <p>A frozen part becomes a run on the heap first, which needs no disk; then that is written to a file. So a full or broken
 * disk fails nothing: runs stay on the heap, merged among themselves, and the disk is tried again later. Merging is
 * interrupted now and then to look after parts that were frozen meanwhile, and to end when the store is closed.
 */
final class Upkeep {
    private static final long MIN_BACKOFF_MILLIS = 100;
    private static final long MAX_BACKOFF_MILLIS = 30_000;
    /** Larger runs are not put together on the heap. */
    private static final long MAX_HEAP_RUN_BYTES = 1 << 28;

    private final Index index;
    private final IndexOptions options;
    private final @Nullable IndexFolder folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final @Nullable Thread thread;
    private final Optional<String> noFolder;
    private volatile @Nullable Throwable failure;
    private volatile boolean closing;
    private boolean due;
    private boolean unnamed;
    private final Queue<Drop> drops = new ConcurrentLinkedQueue<>();

    /** Ends a merge because the store is closed. */
    private static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param folder  where runs are saved; null to keep them on the heap
     * @param failure why there is no folder, where there should be one
     */
    Upkeep(Index index, IndexOptions options, @Nullable IndexFolder folder, Optional<? extends Throwable> failure) {
        this.index = index;
        this.options = options;
        this.folder = folder;
        this.noFolder = failure.map(Throwable::toString);
        this.thread = options.background()
                ? Thread.ofPlatform().daemon().name("letopis-index").unstarted(this::run)
                : null;
        if (thread != null) {
            thread.start();
        }
    }

    /** A part was frozen, or something else is to be done; waits while too many parts are frozen. */
    void look() {
        if (thread == null) {
            attempt(() -> work(Integer.MAX_VALUE));
            return;
        }
        lock.lock();
        try {
            due = true;
            wanted.signal();
            while (failure == null && thread.isAlive() && index.frozenParts() > options.maxFrozenParts()) {
                room.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why the index cannot be written, if that is so; it is tried again. */
    Optional<String> failure() {
        return Optional.ofNullable(failure).map(Throwable::toString).or(() -> noFolder);
    }

    /** Saves what there is, tries so once, and ends. */
    void close() {
        closing = true;
        if (thread == null) {
            attempt(this::finish);
            return;
        }
        lock.lock();
        try {
            wanted.signal();
        } finally {
            lock.unlock();
        }
        OwnedThread.join(thread);
    }

    private void run() {
        long backoffMillis = MIN_BACKOFF_MILLIS;
        while (true) {
            boolean last = awaitWork(backoffMillis);
            attempt(last ? this::finish : () -> work(Integer.MAX_VALUE));
            backoffMillis = failure == null ? MIN_BACKOFF_MILLIS : Math.min(2 * backoffMillis, MAX_BACKOFF_MILLIS);
            lock.lock();
            try {
                room.signalAll();
            } finally {
                lock.unlock();
            }
            if (last) {
                return;
            }
        }
    }

    /** @return whether the store is being closed */
    private boolean awaitWork(long backoffMillis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(backoffMillis);
            while (!closing && (failure == null ? !due : left > 0)) {
                try {
                    if (failure == null) {
                        wanted.await();
                    } else {
                        left = wanted.awaitNanos(left);
                    }
                } catch (InterruptedException _) {
                    // nobody has a reason to interrupt this thread
                }
            }
            due = false;
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void attempt(Work work) {
        try {
            work.run();
            failure = null;
        } catch (Stopped _) {
            // the rest is for the next opening
        } catch (IOException | RuntimeException | Error e) { // nothing that happens here may cost the store anything
            failure = e;
            giveUpDrops(e);
        }
    }

    // ---- what is to be done

    /** Those who wait begin again: what was left out stays so. */
    private void giveUpDrops(Throwable why) {
        for (Drop drop = drops.poll(); drop != null; drop = drops.poll()) {
            drop.done.completeExceptionally(why);
        }
    }

    private void finish() throws IOException {
        giveUpDrops(new Stopped());
        encodeFrozen();
        save();
    }

    /** Merges runs below a level only, where it interrupts a merge of that level. */
    private void work(int belowLevel) throws IOException {
        encodeFrozen();
        try {
            save();
        } catch (IOException e) {
            mergeAll(belowLevel, false);
            throw e;
        }
        mergeAll(belowLevel, folder != null);
        if (belowLevel == Integer.MAX_VALUE) {
            dropAll();
        }
    }

    /** What is to be left out of the parts up to a position, and who waits for that. */
    private record Drop(LongPredicate erased, long upTo, CompletableFuture<Void> done) {}

    CompletableFuture<Void> drop(LongPredicate erased) {
        long upTo = index.view().active().base();
        CompletableFuture<Void> done = new CompletableFuture<>();
        drops.add(new Drop(erased, upTo, done));
        look();
        if (closing) {
            done.completeExceptionally(new Stopped());
        }
        return done;
    }

    private void dropAll() throws IOException {
        for (Drop drop = drops.peek(); drop != null; drop = drops.peek()) {
            long at = 0;
            while (at < drop.upTo) {
                Slot slot = slotBehind(at);
                if (slot.part() instanceof Run run && hasAny(slot.part(), drop.erased)) {
                    RunGroups.Group alone = new RunGroups.Group(List.of(slot), run.level());
                    mergeOne(alone, slot.isSaved(), run.level(), drop.erased);
                }
                at = Math.max(at + 1, slot.part().last());
            }
            drops.remove();
            drop.done.complete(null);
        }
    }

    /** The slot of the position behind this one: there may be others than before, since parts are merged meanwhile. */
    private Slot slotBehind(long position) {
        for (Slot slot : index.view().slots()) {
            if (slot.part().last() > position) {
                return slot;
            }
        }
        throw new AssertionError("no part of the index has position " + (position + 1));
    }

    private static boolean hasAny(Part part, LongPredicate erased) {
        for (long position = part.base() + 1; position <= part.last(); position++) {
            if (erased.test(position)) {
                return true;
            }
        }
        return false;
    }

    private void encodeFrozen() throws IOException {
        List<Slot> slots = index.view().slots();
        for (Slot slot : slots.subList(0, slots.size() - 1)) {
            if (slot.part() instanceof MemoryPart part) {
                index.replace(List.of(slot),
                        Slot.unsaved(toHeap(merge(List.of(part), 0, Merge.NOTHING, () -> {})), slot.end()));
                signalRoom();
            }
        }
    }

    private void signalRoom() {
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void save() throws IOException {
        if (folder == null) {
            return;
        }
        for (Slot slot : index.view().slots()) {
            if (slot.part() instanceof Run run && !slot.isSaved()) {
                IndexFolder.Written written = folder.save(run);
                index.replace(List.of(slot), new Slot(written.run(), slot.end(), written.number()));
                unnamed = true;
            }
        }
        List<Slot> slots = index.view().slots();
        AddedTags tags = index.addedTags(); // later than the slots, so that it has all that was added up to their end
        boolean due = unnamed || !tags.equals(index.savedTags());
        if (due && prepareManifest(folder, slots, tags)) {
            folder.putManifest();
            index.setSavedTags(tags);
            unnamed = false;
        }
    }

    private static boolean prepareManifest(IndexFolder folder, List<Slot> slots, AddedTags tags) throws IOException {
        int named = RunGroups.named(slots);
        if (named > 0) {
            folder.prepareManifest(slots.subList(0, named), slots.get(named - 1).end().orElseThrow(), tags);
        }
        return named > 0;
    }

    private void mergeAll(int belowLevel, boolean saved) throws IOException {
        while (true) {
            Optional<RunGroups.Group> group = RunGroups.due(index.view().slots(), options.fanOut(), belowLevel, saved,
                    saved ? Long.MAX_VALUE : MAX_HEAP_RUN_BYTES);
            if (group.isEmpty()) {
                return;
            }
            mergeOne(group.get(), saved, group.get().level() + 1, Merge.NOTHING);
        }
    }

    private void mergeOne(RunGroups.Group group, boolean saved, int level, LongPredicate erased) throws IOException {
        List<Part> parts = new ArrayList<>();
        group.slots().forEach(slot -> parts.add(slot.part()));
        Merge merge = merge(parts, level, erased, () -> pause(group.level()));
        Slot last = group.slots().getLast();
        if (folder == null || !saved) {
            index.replace(group.slots(), Slot.unsaved(toHeap(merge), last.end()));
            return;
        }
        IndexFolder.Written written = folder.write(merge);
        Slot merged = new Slot(written.run(), last.end(), written.number());
        boolean prepared = false;
        boolean toBeNamed;
        try {
            toBeNamed = prepareManifest(folder, index.replaced(group.slots(), merged), index.addedTags());
            prepared = true;
        } finally {
            if (!prepared) {
                folder.deleteRun(written.number());
            }
        }
        if (toBeNamed) {
            folder.putManifest(); // where this fails, either manifest may be the one: both must find their runs
        }
        index.replace(group.slots(), merged);
        group.slots().forEach(slot -> folder.deleteRun(slot.number()));
    }

    private void pause(int level) throws IOException {
        if (closing) {
            throw new Stopped();
        }
        if (index.frozenParts() > 0) {
            work(level);
        }
    }

    private Merge merge(List<? extends Part> parts, int level, LongPredicate erased, Merge.Pause pause) {
        long idsFrom = Math.max(1, index.view().active().last() - options.retryWindow() + 1);
        return new Merge(parts, 0, index.storeId(), level, idsFrom, erased, pause);
    }

    /** What a part says of the positions behind one of its own. */
    Run behind(Part part, long position) {
        try {
            return toHeap(new Merge(List.of(part), position, index.storeId(), 0, Long.MAX_VALUE, Merge.NOTHING,
                    () -> {}));
        } catch (IOException e) {
            throw new AssertionError("the heap is no disk", e);
        }
    }

    private static Run toHeap(Merge merge) throws IOException {
        HeapSink sink = new HeapSink();
        merge.write(sink, null);
        return Run.open("a run on the heap", sink.toBytes());
    }
}
