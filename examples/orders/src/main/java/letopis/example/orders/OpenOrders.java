package letopis.example.orders;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import letopis.example.orders.OrderEvent.OrderCreated;
import letopis.model.Recorded;
import letopis.model.projection.FoldedProjection;
import letopis.model.projection.Projection;
import letopis.store.Query;

/**
 * A read model: the orders that are neither shipped nor cancelled, by customer.
 *
 * @param byCustomer the ids of each customer's open orders; customers without any are left out
 */
public record OpenOrders(SortedMap<String, SortedSet<String>> byCustomer) {
    /** None at all. */
    public static final OpenOrders NONE = new OpenOrders(new TreeMap<>());

    /** How it is kept up to date. */
    public static final FoldedProjection<OpenOrders, OrderEvent> PROJECTION = Projection
            .of("open-orders", 1, Query.category(Order.CATEGORY), OrderEvent.class)
            .folding(NONE, OpenOrders::evolve);

    /** The read model after this has happened. */
    public OpenOrders evolve(Recorded<OrderEvent> recorded) {
        SortedMap<String, SortedSet<String>> next = new TreeMap<>();
        byCustomer.forEach((customer, ids) -> {
            SortedSet<String> left = new TreeSet<>(ids);
            left.remove(recorded.id());
            if (!left.isEmpty()) {
                next.put(customer, left);
            }
        });
        if (recorded.event() instanceof OrderCreated created) {
            next.computeIfAbsent(created.customer(), _ -> new TreeSet<>()).add(recorded.id());
        }
        return new OpenOrders(next);
    }

    /** The ids of a customer's open orders. */
    public SortedSet<String> of(String customer) {
        return byCustomer.getOrDefault(customer, new TreeSet<>());
    }
}
