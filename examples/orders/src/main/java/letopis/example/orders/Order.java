package letopis.example.orders;

import java.time.Instant;
import java.util.List;

import letopis.Letopis;
import letopis.example.orders.OrderEvent.OrderCancelled;
import letopis.example.orders.OrderEvent.OrderCreated;
import letopis.example.orders.OrderEvent.OrderShipped;
import letopis.model.Aggregates;

/**
 * An order: its state, and what may be decided on it.
 *
 * @param customer  who placed it; empty if it was never placed
 * @param shipped   whether it has left the house
 * @param cancelled whether it was cancelled
 */
public record Order(String customer, boolean shipped, boolean cancelled) {
    /** The category of the streams. */
    public static final String CATEGORY = "order";
    /** An order that was never placed. */
    public static final Order NONE = new Order("", false, false);

    /** The orders in this store. */
    public static Aggregates<Order, OrderEvent> in(Letopis letopis) {
        return letopis.aggregates(CATEGORY, OrderEvent.class, NONE, Order::evolve);
    }

    /** The order after this has happened. */
    public Order evolve(OrderEvent event) {
        return switch (event) {
            case OrderCreated e -> new Order(e.customer(), false, false);
            case OrderShipped _ -> new Order(customer, true, cancelled);
            case OrderCancelled _ -> new Order(customer, shipped, true);
        };
    }

    /** Places it; again by the same customer changes nothing. */
    public List<OrderEvent> create(String who, Instant now) {
        if (!exists()) {
            return List.of(new OrderCreated(who, now));
        }
        refuseIf(!customer.equals(who), "the order was placed by another customer");
        return List.of();
    }

    /** Ships it; again changes nothing. */
    public List<OrderEvent> ship(Instant now) {
        refuseIf(!exists(), "there is no such order");
        refuseIf(cancelled, "a cancelled order cannot be shipped");
        return shipped ? List.of() : List.of(new OrderShipped(now));
    }

    /** Cancels it; again changes nothing. */
    public List<OrderEvent> cancel(String reason, Instant now) {
        refuseIf(!exists(), "there is no such order");
        refuseIf(shipped, "a shipped order cannot be cancelled");
        return cancelled ? List.of() : List.of(new OrderCancelled(reason, now));
    }

    /** Whether it was placed. */
    public boolean exists() {
        return !customer.isEmpty();
    }

    private static void refuseIf(boolean broken, String rule) {
        if (broken) {
            throw new IllegalStateException(rule);
        }
    }
}
