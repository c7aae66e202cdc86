package letopis.example.orders;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import letopis.example.orders.OrderEvent.OrderCancelled;
import letopis.example.orders.OrderEvent.OrderCreated;
import letopis.example.orders.OrderEvent.OrderShipped;
import letopis.model.EventTypes;
import letopis.testkit.ProjectionSpec;
import org.junit.jupiter.api.Test;

class OpenOrdersSpecTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    record InvoicePaid(String invoice) {}

    @Test
    void whatIsShippedOrCancelledIsOpenNoMore() {
        ProjectionSpec.of(OpenOrders.PROJECTION)
                .given("order-1", new OrderCreated("anna", NOON))
                .given("order-2", new OrderCreated("anna", NOON), new OrderShipped(NOON))
                .given("order-3", new OrderCreated("ben", NOON))
                .then(openOrders(Map.of("anna", Set.of("1"), "ben", Set.of("3"))))
                .given("order-3", new OrderCancelled("too dear", NOON))
                .then(openOrders(Map.of("anna", Set.of("1"))));
    }

    @Test
    void otherCategoriesDoNotMatter() {
        ProjectionSpec.of(OpenOrders.PROJECTION)
                .given("invoice-1", EventTypes.of(InvoicePaid.class), List.of(new InvoicePaid("1")))
                .then(OpenOrders.NONE);
    }

    private static OpenOrders openOrders(Map<String, Set<String>> byCustomer) {
        OpenOrders open = new OpenOrders(new TreeMap<>());
        byCustomer.forEach((customer, ids) -> open.byCustomer().put(customer, new TreeSet<>(ids)));
        return open;
    }
}
