package letopis.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * An object that holds its state and decides in its methods, for those who prefer that to functions:
 *
 * <pre>{@code
 * final class Cart extends EventSourced<CartEvent> {
 *     private int items;
 *
 *     void add(String article) {
 *         if (items == 100) throw new IllegalStateException("the cart is full");
 *         raise(new ArticleAdded(article));
 *     }
 *
 *     @Override
 *     protected void on(CartEvent event) {
 *         switch (event) {
 *             case ArticleAdded _ -> items++;
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Made anew for each command, and for one thread. See {@link AggregateObjects}.
 */
public abstract class EventSourced<E> {
    private final Deque<E> raised = new ArrayDeque<>();

    protected EventSourced() {}

    /** Takes the event into the state. Decides nothing and refuses nothing: it has happened. */
    protected abstract void on(E event);

    /** Makes this happen: it is taken into the state at once, and appended when the method that raised it has returned. */
    protected final void raise(E event) {
        on(event);
        raised.add(event);
    }

    final List<E> raised() {
        return List.copyOf(raised);
    }

    /** Takes in an event that was read; one that is appended now was raised here before, and is in the state already. */
    final void happened(E event) {
        if (raised.poll() == null) {
            on(event);
        }
    }
}
