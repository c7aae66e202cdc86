package letopis.example.orders;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

import letopis.Letopis;
import letopis.model.Aggregates;
import letopis.model.Cause;
import letopis.model.Handled;
import letopis.model.projection.RunningProjection;
import letopis.store.Metadata;
import letopis.store.Point;

/** The life of two orders, told line by line: commands, refusals, a read model, a restart, and a look back. */
public final class OrderStory {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Consumer<String> out;

    /**
     * @param clock what the orders' times are taken from
     * @param out   gets the story, line by line
     */
    public OrderStory(InstantSource clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
    }

    /** Tells the story in this directory, or in {@code data}. */
    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments.length == 0 ? "data" : arguments[0]);
        new OrderStory(InstantSource.system(), IO::println).tell(() -> Letopis.open(directory));
    }

    /**
     * Tells the story.
     *
     * @param open opens the same store each time; it is opened twice, one after the other
     */
    public void tell(Supplier<Letopis> open) throws InterruptedException {
        try (Letopis letopis = open.get()) {
            Cause.by("anna").correlation("checkout-1").call(() -> live(letopis));
        }
        out.accept("-- closed, and opened again --");
        try (Letopis letopis = open.get()) {
            lookBack(letopis);
        }
    }

    private Letopis live(Letopis letopis) throws InterruptedException {
        Aggregates<Order, OrderEvent> orders = Order.in(letopis);
        RunningProjection<OpenOrders> openOrders = letopis.project(OpenOrders.PROJECTION);

        tell("create 123", orders.handle("123", order -> order.create("c-456", clock.instant())));
        Handled<Order, OrderEvent> created = orders.handle("124", order -> order.create("c-456", clock.instant()));
        tell("create 124", created);
        out.accept("open orders of c-456: " + openOrders.await(created.position(), SOON).of("c-456"));

        tell("ship 123", orders.handle("123", order -> order.ship(clock.instant())));
        tell("ship 123", orders.handle("123", order -> order.ship(clock.instant())));
        refused("cancel 123", () -> orders.handle("123", order -> order.cancel("too late", clock.instant())));

        tell("cancel 124", orders.handle("124", order -> order.cancel("changed my mind", clock.instant())));
        Handled<Order, OrderEvent> again = orders.handle("124", order -> order.cancel("again", clock.instant()));
        tell("cancel 124", again);
        refused("ship 124", () -> orders.handle("124", order -> order.ship(clock.instant())));
        out.accept("open orders of c-456: " + openOrders.await(again.position(), SOON).of("c-456"));
        return letopis;
    }

    private void lookBack(Letopis letopis) throws InterruptedException {
        Aggregates<Order, OrderEvent> orders = Order.in(letopis);
        out.accept("123 is " + orders.load("123").state());
        out.accept("123 was " + orders.load("123", Point.revision(0)).state() + " at revision 0");
        orders.history("124")
                .steps()
                .forEach(step -> out.accept("124 at revision " + step.revision() + ": "
                        + step.recorded().event().getClass().getSimpleName() + " by "
                        + step.recorded().raw().metadataText(Metadata.ACTOR).orElse("nobody") + " changed "
                        + step.differences()));
        RunningProjection<OpenOrders> openOrders = letopis.project(OpenOrders.PROJECTION);
        out.accept("the read model went on from position " + openOrders.status().checkpoint() + ", and is "
                + openOrders.await(letopis.store().head(), SOON).byCustomer());
    }

    private void tell(String command, Handled<Order, OrderEvent> handled) {
        out.accept(command + ": " + (handled.events().isEmpty() ? "nothing changed" : handled.state()));
    }

    private void refused(String command, Runnable work) {
        try {
            work.run();
            throw new AssertionError(command + " was accepted");
        } catch (IllegalStateException refusal) {
            out.accept(command + ": refused, " + refusal.getMessage());
        }
    }
}
