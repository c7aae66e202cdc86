package letopis.example.orders;

import java.time.Instant;

import letopis.example.orders.OrderEvent.OrderCancelled;
import letopis.example.orders.OrderEvent.OrderCreated;
import letopis.example.orders.OrderEvent.OrderShipped;
import letopis.testkit.DeciderSpec;
import org.junit.jupiter.api.Test;

class OrderSpecTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final OrderCreated CREATED = new OrderCreated("c-456", NOON);
    private static final OrderShipped SHIPPED = new OrderShipped(NOON);
    private static final OrderCancelled CANCELLED = new OrderCancelled("changed my mind", NOON);

    private final DeciderSpec<Order, OrderEvent> orders = DeciderSpec.of(OrderEvent.class, Order.NONE, Order::evolve);

    @Test
    void anOrderIsPlacedOnce() {
        orders.given()
                .when(order -> order.create("c-456", NOON))
                .then(CREATED)
                .thenState(new Order("c-456", false, false));
        orders.given(CREATED).when(order -> order.create("c-456", NOON)).thenNothing();
        orders.given(CREATED)
                .when(order -> order.create("c-7", NOON))
                .thenRefused(IllegalStateException.class,
                        "another customer");
    }

    @Test
    void anOrderIsShippedOnce() {
        orders.given(CREATED).when(order -> order.ship(NOON)).then(SHIPPED).thenState(new Order("c-456", true, false));
        orders.given(CREATED, SHIPPED).when(order -> order.ship(NOON)).thenNothing();
    }

    @Test
    void anOrderIsCancelledOnce() {
        orders.given(CREATED).when(order -> order.cancel("changed my mind", NOON)).then(CANCELLED);
        orders.given(CREATED, CANCELLED).when(order -> order.cancel("again", NOON)).thenNothing();
    }

    @Test
    void aCancelledOrderIsNotShipped() {
        orders.given(CREATED, CANCELLED)
                .when(order -> order.ship(NOON))
                .thenRefused(IllegalStateException.class,
                        "a cancelled order cannot be shipped");
    }

    @Test
    void aShippedOrderIsNotCancelled() {
        orders.given(CREATED, SHIPPED)
                .when(order -> order.cancel("too late", NOON))
                .thenRefused(IllegalStateException.class, "a shipped order cannot be cancelled");
    }

    @Test
    void anOrderThatWasNeverPlacedIsNeitherShippedNorCancelled() {
        orders.given().when(order -> order.ship(NOON)).thenRefused(IllegalStateException.class, "no such order");
        orders.given()
                .when(order -> order.cancel("why not", NOON))
                .thenRefused(IllegalStateException.class,
                        "no such order");
    }
}
