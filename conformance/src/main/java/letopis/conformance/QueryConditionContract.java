package letopis.conformance;

import java.util.Set;

import letopis.store.Append;
import letopis.store.Capability;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.caused;
import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What every store does with conditions over queries: dynamic consistency boundaries. */
public interface QueryConditionContract extends StoreContract {
    @Test
    default void withoutAfterAnyMatchBreaksTheCondition(Trial trial) {
        Append claim = Append.to("name-alice")
                .of(event("NameClaimed", "name:alice"))
                .failIfEventsMatch(Query.tag("name:alice"));
        if (lacks(trial)) {
            return;
        }
        trial.append("other-1", event("NameClaimed", "name:bob"));
        trial.store().append(claim);

        refused(trial, claim.withNewIds());
        refused(trial, Append.to("else-1").of(event()).failIfEventsMatch(Query.tag("name:bob")));
    }

    @Test
    default void eventsUpToAfterDoNotBreakTheCondition(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append("a-1", event("Noise"));
        long first = trial.append("a-1", event("Counted")).position();
        trial.append("a-1", event("Noise"));
        long second = trial.append("a-1", event("Counted")).position();
        trial.append("a-1", event("Noise"));
        Append append = Append.to("b-1").of(event());

        refused(trial, append.failIfEventsMatch(Query.type("Counted"), 0));
        refused(trial, append.failIfEventsMatch(Query.type("Counted"), first - 1));
        refused(trial, append.failIfEventsMatch(Query.type("Counted"), first));
        refused(trial, append.failIfEventsMatch(Query.type("Counted"), second - 1));
        holds(trial, append.failIfEventsMatch(Query.type("Counted"), second));
        holds(trial, append.withNewIds().failIfEventsMatch(Query.type("Counted"), trial.store().head()));
    }

    @Test
    default void headOfAReadIsGoodForAfterAlsoBeyondTheLastEventItGot(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append("course-1", event("CourseDefined", "course:1"));
        trial.append("other-1", events(5));
        Query query = Query.tag("course:1");
        long head;
        try (Reading reading = trial.store().read(Read.of(query))) {
            assertThat(reading.toList()).hasSize(1);
            head = reading.head();
        }
        assertThat(head).isEqualTo(trial.store().head());
        holds(trial, Append.to("course-1").of(event("Enrolled", "course:1")).failIfEventsMatch(query, head));
        refused(trial, Append.to("course-1").of(event("Enrolled", "course:1")).failIfEventsMatch(query, head));
    }

    @Test
    default void headOfAReadThatFoundNothingIsGoodForAfter(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append("other-1", events(5));
        Query query = Query.tag("course:1").withTypes("CourseDefined");
        long head;
        try (Reading reading = trial.store().read(Read.of(query))) {
            assertThat(reading.hasNext()).isFalse();
            head = reading.head();
        }
        trial.append("other-1", events(3));
        holds(trial, Append.to("course-1").of(event("CourseDefined", "course:1")).failIfEventsMatch(query, head));
        refused(trial, Append.to("course-1").of(event("CourseDefined", "course:1")).failIfEventsMatch(query, head));
    }

    @Test
    default void everyMatchBetweenTheReadAndTheAppendBreaksTheCondition(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        Query query = Query.type("Counted");
        trial.append("a-1", event("Counted"));
        try (Reading reading = trial.store().read(Read.of(query))) {
            trial.append("a-1", event("Counted"));
            trial.append("a-1", events(3, "Noise"));
            assertThat(reading.toList()).hasSize(1);

            refused(trial, Append.to("a-1").of(event("Counted")).failIfEventsMatch(query, reading.head()));
        }
    }

    @Test
    default void queryOfTheConditionNeedNotBeTheQueryRead(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append("a-1", event("A"), event("B"));
        long head;
        try (Reading reading = trial.store().read(Read.of(Query.type("A")))) {
            head = reading.head();
        }
        trial.append("a-1", event("A"));

        refused(trial, Append.to("c-1").of(event()).failIfEventsMatch(Query.type("A", "B"), head));
        holds(trial, Append.to("c-1").of(event()).failIfEventsMatch(Query.type("B"), head));
    }

    @Test
    default void everyItemOfTheQueryIsChecked(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        long head = trial.append("a-1", events(2)).position();
        Query query = Query.tag("course:1").or(Query.type("Paid")).or(Query.stream("student-7"));
        Append append = Append.to("b-1").of(event("Booked")).failIfEventsMatch(query, head);
        holds(trial, append);

        trial.append("student-7", event("Moved"));
        assertThat(refused(trial, append.withNewIds()).item()).hasValue(2);

        long later = trial.append("c-1", event("Paid")).position();
        Append second = Append.to("b-1").of(event("Booked")).failIfEventsMatch(query, later - 1);
        assertThat(refused(trial, second).item()).hasValue(1);

        long last = trial.append("c-1", event("Opened", "course:1")).position();
        Append third = Append.to("b-1").of(event("Booked")).failIfEventsMatch(query, last - 1);
        assertThat(refused(trial, third).item()).hasValue(0);
    }

    @Test
    default void tagsTypesAndStreamsOfAnItemRestrictTogether(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append("order-1", event("OrderCreated", "customer:7"));
        trial.append("order-1", event("OrderShipped", "customer:7", "country:fr"));
        trial.append("invoice-1", event("OrderCreated", "customer:8", "country:fr"));
        Append append = Append.to("x-1").of(event("Checked"));

        refused(trial, append.failIfEventsMatch(Query.tag("customer:7", "country:fr")));
        refused(trial, append.failIfEventsMatch(Query.category("order").withTypes("OrderCreated")));
        refused(trial, append.failIfEventsMatch(Query.streams(Set.of("invoice-1", "invoice-2"))));
        refused(trial, append.failIfEventsMatch(Query.stream("order-1").withTypes("OrderShipped", "OrderLost")));
        refused(trial, append.failIfEventsMatch(Query.all()));
        holds(trial, append.failIfEventsMatch(Query.tag("customer:7", "customer:8")));
        holds(trial, append.withNewIds().failIfEventsMatch(Query.category("invoice").withTypes("OrderShipped")));
        holds(trial, append.withNewIds().failIfEventsMatch(Query.category("ord")));
        holds(trial, append.withNewIds()
                .failIfEventsMatch(Query.category("order").withTypes("OrderCreated").withTags("country:fr")));
        holds(trial, append.withNewIds().failIfEventsMatch(Query.stream("order-1").withTags("customer:8")));
    }

    @Test
    default void failedConditionOverAQueryTellsTheEventInTheWay(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append("order-16", events(3));
        RecordedEvent there = trial.appendOne("order-17", caused("OrderCreated", "bob", "create-order", "customer:7"));
        trial.append("order-17", events(2));
        Query query = Query.type("Nothing").or(Query.tag("customer:7"));

        ConditionFailedException failed = refused(trial, Append.to("order-18").of(event()).failIfEventsMatch(query));

        assertThat(failed.condition()).isEqualTo(new Condition.NoEventsMatch(query, 0));
        assertThat(failed.item()).hasValue(1);
        assertThat(failed.event()).contains(there);
        assertThat(failed.found()).isEmpty();
        assertThat(failed.actor()).contains("bob");
        assertThat(failed.command()).contains("create-order");
        assertThat(failed).hasMessageContaining("OrderCreated")
                .hasMessageContaining("order-17")
                .hasMessageContaining("position " + there.position())
                .hasMessageContaining("bob");
    }

    @Test
    default void conditionOverAQuerySeesNothingOfItsOwnAppend(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        holds(trial, Append.to("a-1").of(events(3, "Claimed", "name:a")).failIfEventsMatch(Query.tag("name:a")));
        holds(trial, Append.to("a-2").of(event("Claimed", "name:b")).failIfEventsMatch(Query.stream("a-2")));
    }

    @Test
    default void conditionsOverQueriesAndStreamsHoldTogether(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append("order-17", event("OrderCreated"));
        Append append = Append.to("order-17").expectingRevision(0).of(event("OrderShipped"));

        refused(trial, append.failIfEventsMatch(Query.type("OrderCreated")));
        refused(trial, Append.to("order-17")
                .expectingRevision(1)
                .of(event())
                .failIfEventsMatch(Query.type("OrderShipped")));
        holds(trial, append.failIfEventsMatch(Query.type("OrderShipped")));
    }

    @Test
    default void everyConditionOverAQueryOfSeveralMustHold(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append("a-1", event("A"));
        long head = trial.append("a-1", event("B")).position();
        Append append = Append.to("c-1").of(event("C"));

        assertThat(refused(trial,
                append.failIfEventsMatch(Query.type("A"), head).failIfEventsMatch(Query.type("B"), head - 1))
                .condition()).isEqualTo(new Condition.NoEventsMatch(Query.type("B"), head - 1));
        assertThat(refused(trial,
                append.failIfEventsMatch(Query.type("A"), 0).failIfEventsMatch(Query.type("B"), head)).condition())
                .isEqualTo(new Condition.NoEventsMatch(Query.type("A"), 0));
        holds(trial, append.failIfEventsMatch(Query.type("A"), head).failIfEventsMatch(Query.type("B"), head));
    }

    @Test
    default void conditionLooksFarBack(Trial trial) {
        if (lacks(trial)) {
            return;
        }
        trial.append("a-1", event("Rare", "rare:1"));
        for (int i = 0; i < 10; i++) {
            trial.append("noise-" + i, events(300, "Noise", "noise:" + i));
        }
        Append append = Append.to("b-1").of(event("Checked"));

        refused(trial, append.failIfEventsMatch(Query.type("Rare")));
        refused(trial, append.failIfEventsMatch(Query.tag("rare:1")));
        refused(trial, append.failIfEventsMatch(Query.stream("a-1")));
        refused(trial, append.failIfEventsMatch(Query.category("a").withTypes("Rare").withTags("rare:1")));
        holds(trial, append.failIfEventsMatch(Query.tag("rare:1").withTypes("Noise")));
    }

    /** Where a store has no conditions over queries, tries that it says so. */
    private static boolean lacks(Trial trial) {
        return trial.lacks(Capability.QUERY_CONDITIONS,
                () -> trial.store().append(Append.to("a-1").of(event()).failIfEventsMatch(Query.all())));
    }

    private static void holds(Trial trial, Append append) {
        long head = trial.store().head();
        assertThat(trial.store().append(append).firstPosition()).isGreaterThan(head);
    }

    private static ConditionFailedException refused(Trial trial, Append append) {
        long head = trial.store().head();
        ConditionFailedException failed = catchThrowableOfType(ConditionFailedException.class,
                () -> trial.store().append(append));
        assertThat(failed).as("refusal of an append under %s", append.conditions()).isNotNull();
        assertThat(append.conditions()).contains(failed.condition());
        assertThat(trial.store().head()).as("head after the refusal").isEqualTo(head);
        return failed;
    }
}
