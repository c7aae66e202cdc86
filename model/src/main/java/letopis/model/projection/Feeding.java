package letopis.model.projection;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.model.Recorded;
import letopis.model.UnreadableEventException;
import letopis.store.EventStore;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a read model with the events of a subscription, on a thread of its own.
 *
 * <p>Takes what is there at once as one batch. When a batch fails, its events are given one by one, so that those before the
 * failing one are taken in and the failing one is known. It is tried again for a while, unless it cannot even be read; then
 * the projection stands still, and says so: nothing is skipped.
 *
 * <p>The model is saved when that is {@link #SAVE_EVERY} ago, or ten times as long as saving took where that is longer, so
 * that a large one does not spend its time on being saved; and when it is closed.
 */
final class Feeding<E> implements Runnable {
    /** How often a model is saved while events come. */
    static final Duration SAVE_EVERY = Duration.ofSeconds(1);

    private final EventStore store;
    private final Projection<E> projection;
    private final ReadModel<E, ?> model;
    private final Patience patience;
    private final InstantSource clock;
    private final Progress progress;
    private volatile @Nullable Subscription open;
    private long lastSaveNanos = System.nanoTime();
    private long pauseNanos = SAVE_EVERY.toNanos();
    private boolean unsaved;

    /** An event as the subscription handed it out, or a position it has looked up to. */
    private record Taken(long position, Optional<RecordedEvent> event) {}

    Feeding(EventStore store, Projection<E> projection, ReadModel<E, ?> model, Patience patience, InstantSource clock,
            Progress progress) {
        this.store = store;
        this.projection = projection;
        this.model = model;
        this.patience = patience;
        this.clock = clock;
        this.progress = progress;
    }

    /** Ends the feeding; the thread ends soon after. For any thread. */
    void stop() {
        progress.stop();
        Subscription subscription = open;
        if (subscription != null) {
            subscription.close();
        }
    }

    @Override
    public void run() {
        try (Subscription subscription = store.subscribe(projection.query(), progress.now().position())) {
            open = subscription;
            while (!progress.isClosing() && !progress.now().isOver()) {
                take(subscription);
            }
        } catch (StandStill _) {
            // the progress says why
        } catch (InterruptedException | RuntimeException | Error e) {
            if (!progress.isClosing()) {
                progress.went(ProjectionStatus.State.FAILED, error(Optional.empty(), 1, e));
            }
        } finally {
            open = null;
            saveAtTheEnd();
        }
    }

    /** What ends the feeding when an event has failed for good. */
    private static final class StandStill extends Exception {
        StandStill() {
            super("the projection stands still", null, false, false);
        }
    }

    private void take(Subscription subscription) throws InterruptedException, StandStill {
        List<Taken> batch = new ArrayList<>();
        Optional<Signal> signal = subscription.poll(untilSave());
        while (signal.isPresent()) {
            note(signal.get(), batch);
            if (batch.size() >= model.maxBatchEvents() || signal.get() instanceof Signal.CaughtUp) {
                break;
            }
            signal = subscription.poll(Duration.ZERO);
        }
        if (signal.isEmpty() && subscription.position() > lastOf(batch)) {
            batch.add(new Taken(subscription.position(), Optional.empty()));
        }
        if (!batch.isEmpty()) {
            apply(batch);
        }
        if (signal.orElse(null) instanceof Signal.CaughtUp) {
            progress.is(ProjectionStatus.State.LIVE);
        } else if (signal.orElse(null) instanceof Signal.FellBehind) {
            progress.is(ProjectionStatus.State.CATCHING_UP);
        }
        if (unsaved && untilSave().isZero()) {
            attempt(Optional.empty(), this::save);
        }
    }

    private long lastOf(List<Taken> batch) {
        return batch.isEmpty() ? progress.now().position() : batch.getLast().position();
    }

    private void note(Signal signal, List<Taken> batch) {
        switch (signal) {
            case Signal.Delivered it -> batch.add(new Taken(it.event().position(), Optional.of(it.event())));
            case Signal.Looked it -> look(it.position(), batch);
            case Signal.CaughtUp it -> look(it.position(), batch);
            case Signal.FellBehind it -> look(it.position(), batch);
        }
    }

    private void look(long position, List<Taken> batch) {
        if (position > lastOf(batch)) {
            batch.add(new Taken(position, Optional.empty()));
        }
    }

    private void apply(List<Taken> batch) throws InterruptedException, StandStill {
        try {
            give(batch);
        } catch (RuntimeException | Error _) {
            for (Taken one : batch) {
                attempt(one.event(), () -> give(List.of(one)));
            }
        }
    }

    private void give(List<Taken> batch) {
        List<Recorded<E>> events = new ArrayList<>(batch.size());
        for (Taken taken : batch) {
            taken.event().ifPresent(event -> events.addAll(projection.types().decodeRecorded(event)));
        }
        long position = batch.getLast().position();
        model.apply(List.copyOf(events), position);
        unsaved = true;
        progress.moved(position, clock.instant());
    }

    private void attempt(Optional<RecordedEvent> event, Runnable work) throws InterruptedException, StandStill {
        for (int attempt = 1;; attempt++) {
            try {
                work.run();
                return;
            } catch (RuntimeException | Error e) {
                ProjectionError error = error(event, attempt, e);
                if (attempt >= patience.attempts() || e instanceof UnreadableEventException) {
                    progress.went(ProjectionStatus.State.FAILED, error);
                    throw new StandStill();
                }
                progress.went(ProjectionStatus.State.RETRYING, error);
                progress.pause(patience.waitAfter(attempt));
                if (progress.isClosing()) {
                    throw new StandStill();
                }
            }
        }
    }

    private ProjectionError error(Optional<RecordedEvent> event, int attempt, Throwable cause) {
        return new ProjectionError(event, attempt, cause, clock.instant());
    }

    private void save() {
        long begin = System.nanoTime();
        model.save();
        unsaved = false;
        lastSaveNanos = System.nanoTime();
        pauseNanos = Math.max(SAVE_EVERY.toNanos(), 10 * (lastSaveNanos - begin));
        progress.saved(model.checkpoint());
    }

    private Duration untilSave() {
        if (!unsaved) {
            return SAVE_EVERY;
        }
        long since = System.nanoTime() - lastSaveNanos;
        return Duration.ofNanos(Math.max(0, pauseNanos - since));
    }

    private void saveAtTheEnd() {
        if (unsaved) {
            try {
                save();
            } catch (RuntimeException e) {
                progress.went(ProjectionStatus.State.FAILED, error(Optional.empty(), 1, e));
            }
        }
    }
}
