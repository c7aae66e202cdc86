package letopis.conformance;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.EventIdTakenException;
import letopis.store.EventStore;
import letopis.store.Point;
import letopis.store.PositionBeyondHeadException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StreamInfo;
import letopis.store.Subscription;
import letopis.store.TimeBeforeHeadException;
import letopis.store.TypeInfo;

/** A store whose positions have holes: every third is given. It keeps the whole contract but for that. */
final class Renumbered extends ForwardingStore {
    private static final long STEP = 3;
    private final boolean saysSo;

    Renumbered(EventStore store, boolean saysSo) {
        super(store);
        this.saysSo = saysSo;
    }

    private static long up(long position) {
        return position * STEP;
    }

    private static long down(long position) {
        return position / STEP;
    }

    private static RecordedEvent up(RecordedEvent it) {
        return new RecordedEvent(it.stream(), it.revision(), up(it.position()), it.time(), it.event());
    }

    private static StreamInfo up(StreamInfo it) {
        return new StreamInfo(it.stream(), it.state(), it.firstRevision(), it.lastRevision(), up(it.lastPosition()),
                it.lastTime(), it.retention());
    }

    @Override
    public Appended append(Append append) {
        List<Condition> conditions = append.conditions();
        List<Condition> down = conditions.stream()
                .map(it -> it instanceof Condition.NoEventsMatch match
                        ? new Condition.NoEventsMatch(match.query(), down(match.after()))
                        : it)
                .toList();
        try {
            Appended it = store.append(under(append, down));
            return new Appended(up(it.firstPosition()), up(it.position()), it.revisions());
        } catch (ConditionFailedException failed) {
            Condition condition = conditions.get(down.indexOf(failed.condition()));
            Optional<RecordedEvent> event = failed.event().map(Renumbered::up);
            OptionalInt item = failed.item();
            throw condition instanceof Condition.NoEventsMatch match
                    ? ConditionFailedException.query(match, item.orElseThrow(), event.orElseThrow())
                    : ConditionFailedException.stream(condition, failed.found().map(Renumbered::up), event);
        } catch (EventIdTakenException taken) {
            throw new EventIdTakenException(taken.id(), up(taken.position()), "not as this append");
        } catch (TimeBeforeHeadException older) {
            throw new TimeBeforeHeadException(older.time(), older.headTime(), up(older.head()));
        }
    }

    @Override
    public Reading read(Read read) {
        Optional<Point> from = read.from().map(it -> down(it, !read.isBackwards()));
        Optional<Point> to = read.to().map(it -> down(it, read.isBackwards()));
        Reading reading = store.read(new Read(read.query(), read.direction(), from, to, read.limit()));
        return new Reading() {
            @Override
            public long head() {
                return up(reading.head());
            }

            @Override
            public boolean hasNext() {
                return reading.hasNext();
            }

            @Override
            public RecordedEvent next() {
                return up(reading.next());
            }

            @Override
            public void close() {
                reading.close();
            }
        };
    }

    private static Point down(Point point, boolean atOrAfter) {
        return point instanceof Point.Position it
                ? Point.position(atOrAfter
                        ? down(it.position()) + (it.position() % STEP == 0 ? 0 : 1)
                        : down(it.position()))
                : point;
    }

    @Override
    public Subscription subscribe(Query query, long after) {
        if (after > head()) {
            throw new PositionBeyondHeadException(after, head());
        }
        return new ForwardingSubscription(store.subscribe(query, after < 0 ? after : down(after))) {
            private long position = after;

            @Override
            public Optional<Signal> poll(Duration wait) throws InterruptedException {
                return subscription.poll(wait).map(signal -> switch (signal) {
                    case Signal.Delivered it -> new Signal.Delivered(up(it.event()));
                    case Signal.CaughtUp it -> new Signal.CaughtUp(up(it.position()));
                    case Signal.FellBehind it -> new Signal.FellBehind(up(it.position()), up(it.head()));
                    case Signal.Looked it -> new Signal.Looked(up(it.position()));
                });
            }

            @Override
            public long position() {
                position = Math.max(position, up(subscription.position()));
                return position;
            }
        };
    }

    @Override
    public long head() {
        return up(store.head());
    }

    @Override
    public Optional<StreamInfo> stream(String stream) {
        return store.stream(stream).map(Renumbered::up);
    }

    @Override
    public List<StreamInfo> streams(String prefix, String after, int limit) {
        return store.streams(prefix, after, limit).stream().map(Renumbered::up).toList();
    }

    @Override
    public List<TypeInfo> types() {
        return store.types()
                .stream()
                .map(it -> new TypeInfo(it.type(), it.count(), up(it.firstPosition()),
                        it.firstTime(), up(it.lastPosition()), it.lastTime()))
                .toList();
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> can = EnumSet.copyOf(store.capabilities());
        if (saysSo) {
            can.remove(Capability.GAPLESS_POSITIONS);
        }
        return can;
    }
}
