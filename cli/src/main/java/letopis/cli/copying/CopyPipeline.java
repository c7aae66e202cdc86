package letopis.cli.copying;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.EventStore;
import letopis.store.RecordedEvent;
import letopis.store.StoreException;

/**
 * Appends batches with several of them under way, so that a target never has a batch without the one before it: each append has the
 * condition that the last stream of the one before is at the revision that it was to get. Each answer must name the positions that
 * were foreseen; otherwise somebody else writes to the target. For one thread.
 */
final class CopyPipeline {
    private static final int MAX_APPENDS = 256;
    private static final long MAX_BYTES = 32 << 20;

    private final EventStore target;
    /** The revisions of the streams where they are counted anew; the source's are taken otherwise, and nothing is kept. */
    private final Map<String, Long> counted = new HashMap<>();
    private final boolean renumber;
    private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
    private Condition before;
    private long position;
    private long bytesUnderWay;
    private long written;

    private record Sent(long position, int events, long bytes, CompletableFuture<Appended> future) {}

    /** @param last the last event of the target; its stream and revision, or a condition that always holds for an empty one */
    CopyPipeline(EventStore target, boolean renumber, long position, Condition last) {
        this.target = target;
        this.renumber = renumber;
        this.position = position;
        this.before = last;
    }

    /** Counts an event that the target has already. */
    void there(RecordedEvent event) {
        if (renumber) {
            counted.merge(event.stream(), 0L, (revision, _) -> revision + 1);
        }
    }

    /** How many events were acknowledged. */
    long written() {
        return written;
    }

    void add(List<RecordedEvent> batch) {
        long bytes = batch.stream().mapToLong(Batches::bytes).sum();
        while (underWay.size() >= MAX_APPENDS || (bytesUnderWay > 0 && bytesUnderWay + bytes > MAX_BYTES)) {
            settle();
        }
        Append append = new Append(batch.stream().map(it -> new Append.Entry(it.stream(), it.event())).toList(),
                List.of(before), Optional.empty()).recordedAt(batch.getFirst().time());
        batch.forEach(this::there);
        position += batch.size();
        RecordedEvent last = batch.getLast();
        before = new Condition.StreamAt(last.stream(),
                renumber ? counted.getOrDefault(last.stream(), 0L) : last.revision());
        underWay.addLast(new Sent(position, batch.size(), bytes, submitted(append)));
        bytesUnderWay += bytes;
    }

    private CompletableFuture<Appended> submitted(Append append) {
        try {
            return target.submit(append);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Waits until all is answered. */
    void drain() {
        while (!underWay.isEmpty()) {
            settle();
        }
    }

    private void settle() {
        Sent sent = underWay.removeFirst();
        bytesUnderWay -= sent.bytes;
        try {
            Appended appended = sent.future.join();
            if (appended.position() != sent.position || appended.firstPosition() != sent.position - sent.events + 1) {
                throw new CopyRefusedException(CopyRefusedException.Reason.OTHER_WRITER,
                        "the target gave position " + appended.position() + " where " + sent.position
                                + " was to come: somebody else appends to it");
            }
            written += sent.events;
        } catch (CompletionException e) {
            underWay.forEach(it -> it.future.handle((_, _) -> true).join());
            underWay.clear();
            if (e.getCause() instanceof ConditionFailedException failed) {
                throw new CopyRefusedException(CopyRefusedException.Reason.OTHER_WRITER,
                        "somebody else appends to the target: " + failed.getMessage());
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
