package letopis.engine.index;

import java.util.concurrent.ThreadFactory;
import java.util.function.LongPredicate;

import letopis.engine.index.run.Part;
import letopis.engine.thread.OwnedThread;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest events by the hashes of their ids, from the opening on. Those that were there are put into the table by a
 * thread of its own: until that is done, they are looked through one by one, which is quick enough for a few; whoever wants
 * more than that waits for the table. For the writer alone.
 */
final class KnownIds implements AutoCloseable {
    /** So often the old hashes are looked through before it is better to wait for the table. */
    private static final int MAX_SCANS = 16;
    private static final int CHUNK = 4096;
    private static final Part[] NOTHING = {};

    private final long window;
    private final long firstOld;
    private final long lastOld;
    private final @Nullable Thread loader;
    private volatile @Nullable Ids loaded;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /** Those to be looked through; none any more when the table is complete, so that none is kept from being given back. */
    private Part[] parts;
    private Ids table;
    private boolean complete;
    private long last;
    private int scans;

    /**
     * @param parts      what there is now
     * @param window     how many of the newest events are known
     * @param threads    makes the thread that fills the table; null to have it full at once
     */
    KnownIds(Part[] parts, long window, @Nullable ThreadFactory threads) {
        this.window = window;
        this.lastOld = parts[parts.length - 1].last();
        this.last = lastOld;
        int oldest = parts.length - 1;
        while (oldest > 0 && parts[oldest].idsFrom() <= parts[oldest].base() + 1) {
            oldest--; // of a part before one that lacks some ids, none are wanted
        }
        firstOld = Math.max(parts[oldest].idsFrom(), lastOld - window + 1);
        if (threads == null || firstOld > lastOld) {
            table = load(parts);
            complete = true;
            loader = null;
            this.parts = NOTHING;
        } else {
            table = new Ids(window, 0);
            loader = threads.newThread(() -> loadInBackground(parts));
            loader.start();
            this.parts = parts;
        }
    }

    private void loadInBackground(Part[] from) {
        try {
            loaded = load(from);
        } catch (RuntimeException | Error e) { // told to whoever asks for an id
            failure = e;
        }
    }

    private Ids load(Part[] from) {
        Ids ids = new Ids(window, lastOld - firstOld + 1);
        int[] hashes = new int[CHUNK];
        for (Part part : from) {
            long end = Math.min(part.last(), lastOld);
            for (long at = Math.max(firstOld, part.base() + 1); at <= end && !closed; at += CHUNK) {
                int count = (int) Math.min(CHUNK, end - at + 1);
                part.idHashes(at, hashes, count);
                for (int i = 0; i < count; i++) {
                    ids.add(hashes[i], at + i);
                }
            }
        }
        return ids;
    }

    /** See {@link Ids#touch}. */
    int touch(int hash, int ahead) {
        return table.touch(hash, ahead);
    }

    /** A position of an event whose id has this hash, and which is confirmed; 0 if there is none in the window. */
    long find(int hash, LongPredicate isIt) {
        if (!complete) {
            complete();
        }
        long found = table.find(hash, isIt);
        return found != 0 || complete ? found : scan(hash, isIt);
    }

    /** Goes on with the table that was filled, if it is. */
    private void complete() {
        if (scans == MAX_SCANS && loader != null) {
            OwnedThread.join(loader);
        }
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the ids of the newest events cannot be read", cause);
        }
        Ids full = loaded;
        if (full != null) {
            for (long position = lastOld + 1; position <= last; position++) {
                full.add(table.hash(position), position);
            }
            table = full;
            loaded = null;
            parts = NOTHING;
            complete = true;
        }
    }

    private long scan(int hash, LongPredicate isIt) {
        scans++;
        int[] hashes = new int[CHUNK];
        long first = Math.max(firstOld, last - window + 1);
        for (int i = parts.length - 1; i >= 0; i--) {
            Part part = parts[i];
            long end = Math.min(part.last(), lastOld);
            for (long from = Math.max(first, part.base() + 1); from <= end; from += CHUNK) {
                int count = (int) Math.min(CHUNK, end - from + 1);
                part.idHashes(from, hashes, count);
                for (int at = 0; at < count; at++) {
                    if (hashes[at] == hash && isIt.test(from + at)) {
                        return from + at;
                    }
                }
            }
        }
        return 0;
    }

    /** Adds the id of the event that follows the one added last. */
    void add(int hash, long position) {
        table.add(hash, position);
        last = position;
    }

    /** Ends the filling of the table. */
    @Override
    public void close() {
        closed = true;
        if (loader != null) {
            OwnedThread.join(loader);
        }
    }
}
