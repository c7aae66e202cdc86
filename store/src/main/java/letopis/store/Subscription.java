package letopis.store;

import java.time.Duration;
import java.util.Optional;

/**
 * Matching events in order as they come: first those that are there, then each new one, through one mechanism and without
 * gaps. A subscription is a cursor that is asked, and holds no queue: a slow subscriber slows nobody and costs no memory.
 *
 * <p>For one thread at a time; {@link #close} may be called from any, and ends a waiting call with a
 * {@link StoreClosedException}.
 *
 * <pre>{@code
 * try (Subscription subscription = store.subscribe(Query.category("order"), checkpoint)) {
 *     while (true) {
 *         switch (subscription.next()) {
 *             case Signal.Delivered it -> handle(it.event());
 *             case Signal.CaughtUp it -> ready();
 *             case Signal.FellBehind it -> busy();
 *             case Signal.Looked it -> save(it.position());
 *         }
 *     }
 * }
 * }</pre>
 */
public interface Subscription extends AutoCloseable {
    /**
     * The next signal; waits for it.
     *
     * @throws InterruptedException if the thread was interrupted; the subscription is unharmed and can be asked again
     * @throws StoreException       if the events cannot be read, or the store was closed
     */
    Signal next() throws InterruptedException;

    /**
     * The next signal, or nothing if none came in this time. Zero looks once without waiting.
     *
     * @throws InterruptedException if the thread was interrupted; the subscription is unharmed and can be asked again
     * @throws StoreException       if the events cannot be read, or the store was closed
     */
    Optional<Signal> poll(Duration wait) throws InterruptedException;

    /**
     * How far this subscription has looked: every matching event up to this position has been handed out, whether there was
     * one or not. A consumer that has done all it was handed may take this as its checkpoint. Never goes backwards.
     */
    long position();

    @Override
    void close();
}
