package letopis.engine.sequencer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import letopis.engine.record.Name;
import org.jspecify.annotations.Nullable;

/**
 * Appends that came too late for a revision of their stream, because another one has just taken it. Of those that want a revision
 * only one can have it, so a crowd that is told all at once comes back all at once, to lose again but for one. So they are
 * told one after the other, in the order in which they came, as the stream grows: whoever tries again then has nearly no rivals. They
 * are decided on anew when their turn comes, so that what they are told is the newest there is.
 */
final class Contended {
    /** After so long without a new append the next ones are told. */
    static final long PATIENCE_NANOS = 250_000;

    /** What waited for so long is told with the next ones, whatever is before it. */
    static final long MAX_HOLD_NANOS = 50_000_000;

    private final LongSupplier nanoTime;
    private final Map<Name, Race> byStream = new HashMap<>();
    private final ArrayDeque<Race> races = new ArrayDeque<>();

    /** Those that want the same stream, in the order in which they came. */
    private record Race(Name stream, ArrayDeque<Held> held) {}

    private record Held(Request.OfAppend request, long sinceNanos) {}

    /** @param nanoTime the time as {@link System#nanoTime()} has it */
    Contended(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean isEmpty() {
        return races.isEmpty();
    }

    boolean isHeldOn(Name stream) {
        return byStream.containsKey(stream);
    }

    void hold(Name stream, Request.OfAppend request) {
        Held held = new Held(request, nanoTime.getAsLong());
        @Nullable
        Race race = byStream.get(stream);
        if (race == null) {
            race = new Race(stream, new ArrayDeque<>());
            race.held.add(held);
            races.add(race);
            byStream.put(stream, race);
        } else {
            race.held.add(held);
        }
    }

    /** Takes out the oldest of each stream, and all that waited for too long. Each is out before it is given away. */
    void next(Consumer<Request.OfAppend> taker) {
        for (int turns = races.size(); turns > 0 && !races.isEmpty(); turns--) {
            Race race = races.remove();
            Request.OfAppend first = race.held.remove().request;
            Held second = race.held.peek();
            if (second == null) {
                byStream.remove(race.stream);
            } else if (isOverdue(second)) {
                races.addFirst(race);
                turns++;
            } else {
                races.addLast(race);
            }
            taker.accept(first);
        }
    }

    private boolean isOverdue(Held held) {
        return nanoTime.getAsLong() - held.sinceNanos > MAX_HOLD_NANOS;
    }

    /** All of them, which stay. */
    List<Request.OfAppend> all() {
        List<Request.OfAppend> all = new ArrayList<>();
        races.forEach(race -> race.held.forEach(it -> all.add(it.request)));
        return all;
    }

    void clear() {
        races.clear();
        byStream.clear();
    }
}
