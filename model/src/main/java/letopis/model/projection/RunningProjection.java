package letopis.model.projection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import letopis.store.EventStore;
import letopis.store.Point;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;

/**
 * A projection that runs in the background, on a virtual thread of its own, until it is closed.
 *
 * <pre>{@code
 * var openOrders = RunningProjection.start(store, OPEN_ORDERS, new FileCheckpoints(directory));
 * var shipped = orders.handle("123", order -> order.ship(now));
 * openOrders.await(shipped.position(), Duration.ofSeconds(5)).of("c-456");
 * }</pre>
 *
 * <p>Safe for any number of threads.
 *
 * @param <R> what readers see of the read model
 */
public final class RunningProjection<R> implements AutoCloseable {
    /** How long {@link #close} waits for an event that is being handled, before it interrupts it. */
    public static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final EventStore store;
    private final Projection<?> projection;
    private final ReadModel<?, R> model;
    private final InstantSource clock;
    private final Progress progress;
    private final Runnable starter;
    private Feeding<?> feeding;
    private Thread thread;

    @SuppressWarnings("NullAway.Init") // the starter sets feeding and thread, and is run at once
    private <E> RunningProjection(EventStore store, Projection<E> projection, ReadModel<E, R> model, Patience patience,
            InstantSource clock) {
        this.store = store;
        this.projection = projection;
        this.model = model;
        this.clock = clock;
        this.progress = new Progress(model.checkpoint(), clock.instant());
        this.starter = () -> {
            Feeding<E> fresh = new Feeding<>(store, projection, model, patience, clock, progress);
            feeding = fresh;
            thread = Thread.ofVirtual().name("letopis-projection-" + projection.name()).start(fresh);
        };
        starter.run();
    }

    /**
     * Starts a projection into a state in memory, from its checkpoint on.
     *
     * @throws CheckpointException if there is a checkpoint that cannot be read
     */
    public static <S extends Record, E> RunningProjection<S> start(EventStore store, FoldedProjection<S, E> projection,
            CheckpointStore checkpoints) {
        return start(store, projection.source(), FoldedReadModel.open(projection, checkpoints));
    }

    /** Starts a projection into a read model of one's own, from its checkpoint on. */
    public static <E, R> RunningProjection<R> start(EventStore store, Projection<E> projection, ReadModel<E, R> model) {
        return start(store, projection, model, Patience.DEFAULT, InstantSource.system());
    }

    /**
     * Starts a projection into a read model of one's own, from its checkpoint on.
     *
     * @param patience with a failing event
     * @param clock    for what the status says of times
     */
    public static <E, R> RunningProjection<R> start(EventStore store, Projection<E> projection, ReadModel<E, R> model,
            Patience patience, InstantSource clock) {
        return new RunningProjection<>(store, projection, model, patience, clock);
    }

    /** What it is fed with, and what it is called. */
    public Projection<?> source() {
        return projection;
    }

    /** What readers see, now. */
    public R state() {
        return model.view();
    }

    /**
     * Waits until the projection has seen every event up to this position, and returns what readers see then.
     *
     * @param position of an append, to read what one has written: {@link letopis.model.Handled#position()}
     * @throws PositionNotReachedException if it has not come that far in this time, has failed or was closed; its status says
     *                                     which
     * @throws InterruptedException        if the thread was interrupted
     * @throws letopis.store.StoreException if the store does not answer, or was closed
     */
    public R await(long position, Duration timeout) throws InterruptedException {
        if (nothingWaits(progress.now().position(), position)) {
            return model.view();
        }
        Progress.Now now = progress.awaitPosition(position, timeout);
        if (nothingWaits(now.position(), position)) {
            return model.view();
        }
        String why = switch (now.state()) {
            case FAILED -> "the projection has failed";
            case CLOSED -> "the projection is closed";
            default -> "not within " + timeout;
        };
        throw new PositionNotReachedException(position, status(), why);
    }

    /** Whether the projection has nothing to do up to this position, which it may have passed over or not. */
    private boolean nothingWaits(long at, long position) {
        return at >= position || (position <= store.head() && firstWaiting(at, position).isEmpty());
    }

    /** The first event after one position and up to another that the projection still has to take in. */
    private Optional<RecordedEvent> firstWaiting(long after, long upTo) {
        try (Reading reading = store.read(Read.of(projection.query())
                .from(Point.position(after + 1))
                .to(Point.position(upTo))
                .limit(1))) {
            return reading.first();
        }
    }

    /**
     * How the projection fares. Asks the store for its head and for what waits, so that the answer is of this moment.
     *
     * @throws letopis.store.StoreException if the store does not answer; a projection is not well then
     */
    public ProjectionStatus status() {
        Progress.Now now = progress.now();
        long head = store.head();
        Optional<RecordedEvent> waits = head > now.position() ? firstWaiting(now.position(), head) : Optional.empty();
        Duration waiting = waits.map(event -> {
            Instant since = event.time().isAfter(now.lastMoved()) ? event.time() : now.lastMoved();
            Duration passed = Duration.between(since, clock.instant());
            return passed.isPositive() ? passed : Duration.ofNanos(1);
        }).orElse(Duration.ZERO);
        long position = waits.isPresent() ? now.position() : Math.max(head, now.position());
        return new ProjectionStatus(projection.name(), projection.version(), now.state(), position, now.checkpoint(),
                head,
                waiting, now.lastMoved(), now.error());
    }

    /**
     * Begins again after a failure, at the event that failed. Does nothing if it has not failed.
     *
     * @throws InterruptedException if the thread was interrupted before it began again
     */
    public synchronized void restart() throws InterruptedException {
        if (progress.now().state() == ProjectionStatus.State.FAILED) {
            thread.join(); // it is on its way out, and may still save what it had taken in
            progress.restart();
            starter.run();
        }
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return progress.now().state() == ProjectionStatus.State.CLOSED;
    }

    /** Stops the projection: the event in work is finished, and what was taken in is saved. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        feeding.stop();
        boolean interrupted = false;
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            interrupted = true;
        }
        progress.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
