package letopis.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

import letopis.Letopis;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.Output;
import letopis.cli.terminal.Style;
import letopis.cli.terminal.Terminal;
import letopis.cli.terminal.Visible;
import letopis.example.orders.Order;
import letopis.example.orders.OrderEvent;
import letopis.model.Aggregate;
import letopis.model.Aggregates;
import letopis.model.Cause;
import letopis.model.Decision;
import letopis.model.Difference;
import letopis.model.Handled;
import letopis.model.History;
import letopis.store.Point;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;

/** Tells the story of two orders on a durable store, command by command; closes it, opens it again, and looks back. */
public final class Demo {
    private static final String CUSTOMER = "c-456";

    private final Path directory;
    private final String command;
    private final Output out;
    private final Style style;
    private final InstantSource clock;
    private int step;

    /** @param command how the user calls Letopis */
    public Demo(Path directory, String command, Terminal terminal, InstantSource clock) {
        this.directory = directory;
        this.command = command;
        this.out = terminal.out();
        this.style = terminal.outStyle();
        this.clock = clock;
    }

    public void tell() {
        String shipped;
        String cancelled;
        title("Two orders in a durable store: " + directory);
        try (Letopis letopis = Letopis.open(directory)) {
            Aggregates<Order, OrderEvent> orders = Order.in(letopis);
            long first = firstFree(letopis, orders);
            shipped = String.valueOf(first);
            cancelled = String.valueOf(first + 1);
            live(letopis, orders, shipped, cancelled);
        }
        long closed = System.nanoTime();
        try (Letopis letopis = Letopis.open(directory)) {
            title("The store is closed, and opened again in "
                    + Figures.time(Duration.ofNanos(System.nanoTime() - closed)));
            out.println("");
            Aggregates<Order, OrderEvent> orders = Order.in(letopis);
            rebuilt(orders, shipped);
            rebuilt(orders, cancelled);
            lookBack(orders, cancelled);
        }
        whatNext(shipped, cancelled);
        out.flush();
    }

    /** Each run tells of new orders, whatever was filed in the streams of others meanwhile. */
    private static long firstFree(Letopis letopis, Aggregates<Order, OrderEvent> orders) {
        long number = 1;
        while (letopis.store().stream(orders.stream(String.valueOf(number))).isPresent()) {
            number++;
        }
        return number;
    }

    private void live(Letopis letopis, Aggregates<Order, OrderEvent> orders, String shipped, String cancelled) {
        handle(letopis, orders, shipped, "create", "for customer " + CUSTOMER, order -> order.create(CUSTOMER, now()));
        handle(letopis, orders, cancelled, "create", "for customer " + CUSTOMER,
                order -> order.create(CUSTOMER, now()));
        handle(letopis, orders, shipped, "ship", "", order -> order.ship(now()));
        handle(letopis, orders, shipped, "ship", "once more", order -> order.ship(now()));
        handle(letopis, orders, cancelled, "cancel", "", order -> order.cancel("changed my mind", now()));
        handle(letopis, orders, cancelled, "ship", "", order -> order.ship(now()));
    }

    private void handle(Letopis letopis, Aggregates<Order, OrderEvent> orders, String id, String command, String more,
            Decision<Order, OrderEvent> decision) {
        step++;
        out.println("");
        out.println(step + ". " + style.strong(command + " " + orders.stream(id)) + (more.isEmpty() ? "" : " " + more));
        try {
            Handled<Order, OrderEvent> handled = Cause.by(DemoStore.ACTOR)
                    .command(command + " order")
                    .call(() -> orders.handle(id, decision));
            if (handled.events().isEmpty()) {
                out.println("   " + style.faint("nothing to do: it is so already, and no event was written"));
            }
            handled.appended().ifPresent(appended -> show(letopis, appended.firstPosition(), appended.position()));
        } catch (IllegalStateException refused) {
            out.println("   " + style.bad("refused") + ": " + refused.getMessage() + "; nothing was written");
        }
    }

    private void show(Letopis letopis, long first, long last) {
        try (Reading reading = letopis.store().read(Read.all().from(Point.position(first)).to(Point.position(last)))) {
            for (RecordedEvent event : reading) {
                out.println("   " + style.good(event.type()) + " is " + event.stream() + "@" + event.revision()
                        + ", position "
                        + event.position() + "  " + style.faint(Visible.of(event.data().toUtf8())));
            }
        }
    }

    private void rebuilt(Aggregates<Order, OrderEvent> orders, String id) {
        Aggregate<Order> order = orders.load(id);
        out.println(
                order.stream() + " rebuilt from " + Figures.count(order.revision() + 1, "event") + ": " + style.strong(
                        String.valueOf(order.state())));
    }

    private void lookBack(Aggregates<Order, OrderEvent> orders, String id) {
        title(orders.stream(id) + " as of each revision, and what changed");
        out.println("");
        for (History.Step<Order, OrderEvent> past : orders.history(id).steps()) {
            Order then = orders.load(id, Point.revision(past.revision())).state();
            out.println("rev:" + past.revision() + "  " + style.good(past.recorded().raw().type()) + " at "
                    + past.recorded().time().truncatedTo(ChronoUnit.MILLIS) + "  " + then);
            for (Difference difference : past.differences()) {
                out.println(
                        "       " + difference.field() + ": " + quoted(difference.before().orElse("nothing")) + " -> "
                                + style.strong(quoted(difference.after().orElse("nothing"))));
            }
        }
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "\"\"" : value;
    }

    private void whatNext(String shipped, String cancelled) {
        title("Try next");
        out.println("");
        String data = " --data " + directory;
        List.of("read order-" + cancelled + data, "read order-" + cancelled + data + " --as-of rev:0",
                "append order-" + shipped + " OrderShipped --expect none" + data + "   # is refused, and says why",
                "tail" + data + "   # and append something from another window", "export" + data + " | head -3",
                "doctor" + data).forEach(it -> out.println("  " + command + " " + it));
    }

    private void title(String text) {
        out.println(step == 0 ? style.strong(text) : "\n" + style.strong(text));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
