package letopis.example.guide;

import java.util.ArrayList;
import java.util.List;

import letopis.memory.MemoryEventStore;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Forget.Retention;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.Signal;
import letopis.store.Subscription;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The store without the model. */
class StoreGuideTest {
    @AutoClose
    private final EventStore store = MemoryEventStore.open();

    @Test
    void appending() {
        // tag::append
        Event created = Event.of("OrderCreated", "{\"customer\":\"c-456\"}").withTags("customer:c-456");
        Appended appended = store.append(Append.to("order-17").expectingNoStream().of(created));

        appended.position(); // 1: its number in the whole store
        appended.revision("order-17"); // 0: its number in the stream
        // end::append
        assertThat(appended.position()).isEqualTo(1);
        assertThat(appended.revision("order-17")).isZero();

        // tag::retry
        Append append = Append.to("order-17").expectingRevision(0).of(Event.of("OrderShipped", "{}"));
        Appended first = store.append(append);
        Appended again = store.append(append); // no answer came, so it is sent again: written once, same answer
        // end::retry
        assertThat(again).isEqualTo(first);
        assertThat(store.head()).isEqualTo(2);
    }

    @Test
    void conflicts() {
        store.append(Append.to("order-17").of(Event.of("OrderCreated", "{}"), Event.of("OrderCancelled", "{}")));
        Event shipped = Event.of("OrderShipped", "{}");
        String seen = "";
        // tag::conflict
        try {
            store.append(Append.to("order-17").expectingRevision(0).of(shipped));
        } catch (ConditionFailedException e) {
            seen = e.event().map(RecordedEvent::type).orElse("nothing"); // OrderCancelled came in between
        }
        // end::conflict
        assertThat(seen).isEqualTo("OrderCancelled");
    }

    @Test
    void severalStreams() {
        store.append(Append.to("account-a").of(Event.of("AccountOpened", "{}")));
        // tag::several
        store.append(Append.to("account-a")
                .expectingRevision(0)
                .of(Event.of("MoneyWithdrawn", "{\"amount\":100}"))
                .andTo("account-b")
                .of(Event.of("MoneyDeposited", "{\"amount\":100}")));
        // end::several
        assertThat(store.head()).isEqualTo(3);
    }

    @Test
    void consistencyBoundary() {
        // tag::boundary
        Query sameEmail = Query.tag("email:ann@example.org").withTypes("UserRegistered");
        try (Reading reading = store.read(Read.of(sameEmail))) {
            if (!reading.hasNext()) { // nobody has it, as far as this reading could see: up to its head
                Event registered = Event.of("UserRegistered", "{}").withTags("email:ann@example.org");
                store.append(Append.to("user-1").of(registered).failIfEventsMatch(sameEmail, reading.head()));
            }
        }
        // end::boundary
        assertThat(store.head()).isEqualTo(1);
    }

    @Test
    void reading() {
        store.append(Append.to("order-17")
                .of(Event.of("OrderCreated", "{}").withTags("customer:c-456"), Event.of("OrderShipped", "{}")));
        List<String> types = new ArrayList<>();
        // tag::read
        try (Reading reading = store.read(Read.stream("order-17").from(Point.revision(1)).limit(10))) {
            for (RecordedEvent event : reading) {
                types.add(event.type());
            }
        }
        try (Reading newest = store
                .read(Read.of(Query.category("order").withTags("customer:c-456")).backwards().limit(1))) {
            newest.first().ifPresent(event -> types.add(event.type()));
        }
        // end::read
        assertThat(types).containsExactly("OrderShipped", "OrderCreated");
    }

    @Test
    void subscribing() throws InterruptedException {
        store.append(Append.to("order-17").of(Event.of("OrderCreated", "{}")));
        long checkpoint = 0;
        List<String> types = new ArrayList<>();
        boolean caughtUp = false;
        // tag::subscribe
        try (Subscription subscription = store.subscribe(Query.category("order"), checkpoint)) {
            while (!caughtUp) {
                switch (subscription.next()) {
                    case Signal.Delivered it -> types.add(it.event().type());
                    case Signal.CaughtUp _ -> caughtUp = true; // from here on, new events as they come
                    case Signal.FellBehind it -> IO.println("behind by " + (it.head() - it.position()));
                    case Signal.Looked _ -> {
                    } // nothing matched for a while: the checkpoint may move
                }
                checkpoint = subscription.position();
            }
        }
        // end::subscribe
        assertThat(types).containsExactly("OrderCreated");
        assertThat(checkpoint).isEqualTo(1);
    }

    @Test
    void forgetting() {
        store.append(Append.to("session-1")
                .of(Event.of("SessionBegun", "{}"), Event.of("PageSeen", "{}"), Event.of("PageSeen", "{}")));
        // tag::forget
        store.forget(Forget.before("session-1", 1)); // revision 0 is gone from every read
        store.forget(Forget.beyond("session-1", Retention.maxCount(1))); // only the newest stays, from now on
        store.forget(Forget.delete("session-1")); // all of it; may be begun again, and its revisions go on
        store.forget(Forget.tombstone("session-1")); // never again
        // end::forget
        try (Reading reading = store.read(Read.all())) {
            assertThat(reading.toList()).isEmpty();
        }
    }
}
