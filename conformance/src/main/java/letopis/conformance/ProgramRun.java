package letopis.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import letopis.store.Condition;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.StreamNotFoundException;
import letopis.store.StreamTombstonedException;
import letopis.store.Subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Runs a program against a store and against the model at once, and fails at the first difference. */
final class ProgramRun {
    private final Trial trial;
    private final Model model;
    private final ProgramWrites writes;
    private final List<String> lines = new ArrayList<>();
    private final List<Long> headsRead = new ArrayList<>();
    private final Map<Integer, Cursor> cursors = new LinkedHashMap<>();

    /** A subscription, and how far the model has followed it. */
    private record Cursor(Subscription subscription, Query query, long position, boolean caughtUp) {}

    ProgramRun(Trial trial) {
        this.trial = trial;
        this.model = new Model(trial.clock());
        this.writes = new ProgramWrites(trial, model, lines);
    }

    /** What was asked of the store until now, as lines of Java. */
    List<String> lines() {
        return lines;
    }

    void run(List<Step> steps) throws InterruptedException {
        for (Step step : steps) {
            run(step);
            assertThat(trial.store().head()).as("head").isEqualTo(model.head());
        }
    }

    private void run(Step step) throws InterruptedException {
        switch (step) {
            case Step.Write it -> writes.write(it, headsRead);
            case Step.Retry it -> writes.retry(it);
            case Step.Look it -> look(it);
            case Step.Subscribe it -> subscribe(it);
            case Step.Take it -> take(it);
            case Step.Forgetting it -> forget(it);
            case Step.Listing it -> list(it);
            case Step.Clock it -> {
                if (!it.by().isNegative() || !model.forgetsByAge()) {
                    lines.add("clock.step(Duration.ofMillis(" + it.by().toMillis() + "));");
                    trial.clock().step(it.by());
                }
            }
            case Step.Reopening _ -> reopen();
        }
    }

    private void look(Step.Look look) {
        Read read = Read.of(look.query());
        read = look.backwards() ? read.backwards() : read;
        read = point(look.from(), look.fromPart(), look.query()).map(read::from).orElse(read);
        read = point(look.to(), look.toPart(), look.query()).map(read::to).orElse(read);
        read = look.limit() > 0 ? read.limit(look.limit()) : read;
        lines.add("store.read(" + JavaText.of(read) + ").toList();");
        List<RecordedEvent> expected = expected(read);
        try (Reading reading = trial.store().read(read)) {
            assertThat(reading.toList()).as("what %s gives", read).isEqualTo(expected);
            assertThat(reading.head()).as("head handed back by %s", read).isEqualTo(model.head());
            headsRead.add(reading.head());
        }
    }

    private List<RecordedEvent> expected(Read read) {
        List<RecordedEvent> matching = model.matching(read.query());
        Optional<Point> low = read.isBackwards() ? read.to() : read.from();
        Optional<Point> high = read.isBackwards() ? read.from() : read.to();
        List<RecordedEvent> within = matching.stream()
                .filter(it -> low.isEmpty() || order(it, low.get()) >= 0)
                .filter(it -> high.isEmpty() || order(it, high.get()) <= 0)
                .toList();
        return (read.isBackwards() ? Events.reversed(within) : within).stream().limit(read.limit()).toList();
    }

    private static int order(RecordedEvent event, Point point) {
        return switch (point) {
            case Point.Revision it -> Long.signum(event.revision() - it.revision());
            case Point.Position it -> Long.signum(event.position() - it.position());
            case Point.Time it -> event.time().compareTo(it.time());
        };
    }

    private Optional<Point> point(Step.Edge edge, int part, Query query) {
        Instant start = SteppedClock.START;
        return switch (edge) {
            case NOWHERE -> Optional.empty();
            case REVISION -> Optional.of(Point.revision(Math.max(0,
                    (model.lastRevision(query.singleStream().orElseThrow()) + 1) * part / 100)));
            case POSITION -> Optional.of(Point.position(Math.max(0, model.head() * part / 100)));
            case TIME -> Optional.of(
                    Point.time(
                            start.plusMillis((model.headTime().toEpochMilli() - start.toEpochMilli()) * part / 100)));
        };
    }

    private void subscribe(Step.Subscribe step) {
        long after = model.head() * step.afterPart() / 100;
        Cursor old = cursors.remove(step.slot());
        if (old != null) {
            lines.add("subscription" + step.slot() + ".close();");
            old.subscription.close();
        }
        open(step.slot(), step.query(), after);
    }

    private void open(int slot, Query query, long after) {
        lines.add("subscription" + slot + " = store.subscribe(" + JavaText.of(query) + ", " + after + ");");
        cursors.put(slot, new Cursor(trial.store().subscribe(query, after), query, after, false));
    }

    /** Takes so many events, or all there are, without waiting. */
    private void take(Step.Take step) throws InterruptedException {
        Cursor cursor = cursors.get(step.slot());
        if (cursor == null) {
            return;
        }
        lines.add("take(subscription" + step.slot() + ", " + step.events() + ");");
        List<RecordedEvent> waiting = model.matching(cursor.query)
                .stream()
                .filter(it -> it.position() > cursor.position)
                .toList();
        List<RecordedEvent> expected = waiting.subList(0, Math.min(step.events(), waiting.size()));
        List<RecordedEvent> taken = new ArrayList<>();
        boolean caughtUp = cursor.caughtUp;
        boolean all = false;
        while (!all && taken.size() < step.events()) {
            Optional<Signal> signal = cursor.subscription.poll(Duration.ZERO);
            all = signal.isEmpty();
            if (signal.orElse(null) instanceof Signal.Delivered it) {
                taken.add(it.event());
            } else if (signal.orElse(null) instanceof Signal.CaughtUp) {
                assertThat(caughtUp).as("said that it had caught up already").isFalse();
                caughtUp = true;
            } else if (signal.orElse(null) instanceof Signal.FellBehind) {
                caughtUp = false;
            }
        }
        assertThat(taken).as("what the subscription delivers after position %d", cursor.position).isEqualTo(expected);
        if (all) {
            assertThat(caughtUp).as("said that it caught up").isTrue();
            assertThat(cursor.subscription.position()).as("position of the subscription").isEqualTo(model.head());
        }
        long position = all ? model.head() : taken.getLast().position();
        cursors.put(step.slot(), new Cursor(cursor.subscription, cursor.query, position, caughtUp));
    }

    private void forget(Step.Forgetting step) {
        String stream = step.forget().stream();
        long last = model.lastRevision(stream);
        Forget forget = step.forget() instanceof Forget.Truncate
                ? Forget.before(stream, (last + 1) * step.revisionPart() / 100)
                : step.forget();
        if (forget instanceof Forget.Retain it && model.wouldBringBack(stream, it.retention())) {
            return;
        }
        lines.add("store.forget(" + JavaText.of(forget) + ");");
        Throwable failure = catchThrowable(() -> trial.store().forget(forget));
        if (last < 0) {
            assertThat(failure).as("answer to %s", forget).isInstanceOf(StreamNotFoundException.class);
        } else if (model.isTombstoned(stream) && !(forget instanceof Forget.Tombstone)) {
            assertThat(failure).as("answer to %s", forget).isInstanceOf(StreamTombstonedException.class);
        } else if (forget instanceof Forget.Truncate it && it.beforeRevision() > last + 1) {
            assertThat(failure).as("answer to %s", forget).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(failure).as("answer to %s", forget).isNull();
            model.forget(forget);
        }
    }

    private void list(Step.Listing step) {
        EventStore store = trial.store();
        lines.add("store.streams(%s, %s, %d); store.types();".formatted(JavaText.quoted(step.prefix()),
                JavaText.quoted(step.after()), step.limit()));
        assertThat(store.streams(step.prefix(), step.after(), step.limit())).as("streams")
                .isEqualTo(model.streams(step.prefix(), step.after(), step.limit()));
        for (String stream : step.streams()) {
            assertThat(store.stream(stream)).as("what is known of stream %s", stream).isEqualTo(model.stream(stream));
            assertThat(model.holds(new Condition.NoStream(stream)))
                    .isEqualTo(store.stream(stream).map(it -> it.state().name().equals("DELETED")).orElse(true));
        }
        if (model.matching(Query.all()).size() == model.types().stream().mapToLong(it -> it.count()).sum()) {
            assertThat(store.types()).as("types").isEqualTo(model.types()); // where nothing was forgotten
        }
    }

    private void reopen() {
        lines.add("store.close(); store = open();");
        cursors.values().forEach(it -> it.subscription.close());
        trial.reopen();
        List<Map.Entry<Integer, Cursor>> open = List.copyOf(cursors.entrySet());
        cursors.clear();
        open.forEach(it -> open(it.getKey(), it.getValue().query, it.getValue().position));
    }

    void close() {
        cursors.values().forEach(it -> it.subscription.close());
    }
}
