package letopis.model;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import letopis.store.EventStore;

/**
 * A place in the queue of those who handle commands of one stream in this process.
 *
 * <p>A command is first decided without asking anybody. One that meets another stands in line for its next attempt, and as
 * long as there is a line, new commands of that stream join its end: of many who want the same stream each gets its turn,
 * where otherwise one is written, all others decide anew in vain, and the unlucky ones run out of attempts.
 *
 * <p>The line is a courtesy. What keeps appends apart is their condition, here as between processes; so nobody waits longer
 * than {@link #LONGEST_WAIT} for a turn, and then goes without. This also dissolves the knot of two decisions that, against
 * their contract, handle commands of each other's streams.
 */
final class Turn {
    static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** The lines there are; one that nobody stands in is gone. */
    private static final ConcurrentHashMap<Key, Line> LINES = new ConcurrentHashMap<>();

    private final Key key;
    private final Line line;
    private final boolean held;

    private record Key(EventStore store, String stream) {}

    /** Those who stand in it are counted under the map's lock for its key. */
    private static final class Line {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int standing;
    }

    private Turn(Key key, Line line) {
        this.key = key;
        this.line = line;
        this.held = lock(line.lock);
    }

    /** A turn if others stand in line for this stream; waits for it. */
    static Optional<Turn> ifOthersWait(EventStore store, String stream) {
        Key key = new Key(store, stream);
        return Optional.ofNullable(LINES.computeIfPresent(key, (_, line) -> {
            line.standing++;
            return line;
        })).map(line -> new Turn(key, line));
    }

    /** A turn, with a new line if there is none; waits for it. */
    static Turn await(EventStore store, String stream) {
        Key key = new Key(store, stream);
        return new Turn(key, LINES.compute(key, (_, found) -> {
            Line line = found == null ? new Line() : found;
            line.standing++;
            return line;
        }));
    }

    /** An interrupt ends the wait and stays set: the next call of the store answers to it. */
    private static boolean lock(ReentrantLock lock) {
        try {
            return lock.tryLock(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets the next one have its turn. In the thread that got this one. */
    void end() {
        if (held) {
            line.lock.unlock();
        }
        LINES.computeIfPresent(key, (_, found) -> --found.standing == 0 ? null : found);
    }

    /** How many lines there are in this process. */
    static int lines() {
        return LINES.size();
    }
}
