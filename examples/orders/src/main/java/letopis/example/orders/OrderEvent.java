package letopis.example.orders;

import java.time.Instant;

/** What can happen to an order. */
public sealed interface OrderEvent {
    /** A customer has placed it. */
    record OrderCreated(String customer, Instant at) implements OrderEvent {}

    /** It has left the house. */
    record OrderShipped(Instant at) implements OrderEvent {}

    /** It will not be shipped any more. */
    record OrderCancelled(String reason, Instant at) implements OrderEvent {}
}
