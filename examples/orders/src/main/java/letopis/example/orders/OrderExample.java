package letopis.example.orders;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import letopis.Letopis;

/** The whole of it on one screen; the README shows what stands between the marks. */
final class OrderExample {
    private OrderExample() {}

    // tag::order
    sealed interface OrderEvent {}
    record OrderCreated(String customer) implements OrderEvent {}
    record OrderShipped(Instant at) implements OrderEvent {}
    record OrderCancelled(String reason) implements OrderEvent {}

    record Order(String customer, boolean shipped, boolean cancelled) {
        static final Order NONE = new Order("", false, false);

        Order evolve(OrderEvent event) {
            return switch (event) {
                case OrderCreated e -> new Order(e.customer(), false, false);
                case OrderShipped _ -> new Order(customer, true, cancelled);
                case OrderCancelled _ -> new Order(customer, shipped, true);
            };
        }

        List<OrderEvent> create(String who) {
            return customer.isEmpty() ? List.of(new OrderCreated(who)) : List.of();
        }

        List<OrderEvent> ship(Instant now) {
            if (cancelled)
                throw new IllegalStateException("a cancelled order cannot be shipped");
            return shipped ? List.of() : List.of(new OrderShipped(now));
        }
    }

    static void main() {
        try (var letopis = Letopis.open(Path.of("data"))) {
            var orders = letopis.aggregates("order", OrderEvent.class, Order.NONE, Order::evolve);
            orders.handle("123", order -> order.create("c-456"));
            orders.handle("123", order -> order.ship(Instant.now()));
            IO.println(orders.load("123").state());
        }
    }
    // end::order
}
