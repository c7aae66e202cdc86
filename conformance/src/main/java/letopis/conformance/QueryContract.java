package letopis.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import letopis.store.Query;
import letopis.store.Read;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.reversed;
import static org.assertj.core.api.Assertions.assertThat;

/** Which events each kind of query finds. */
public interface QueryContract extends StoreContract {
    @Test
    default void streamIsFoundByItsWholeName(Trial trial) {
        filed(trial);

        finds(trial, Query.stream("order-1"), 0, 1);
        finds(trial, Query.stream("order-10"), 2);
        finds(trial, Query.stream("order"), 3);
        finds(trial, Query.stream("Order-1"), 5);
        finds(trial, Query.stream("order-"));
        finds(trial, Query.streams(Set.of("order-1", "invoice-1", "missing")), 0, 1, 6);
    }

    @Test
    default void categoryIsTheTextBeforeTheFirstDash(Trial trial) {
        filed(trial);

        finds(trial, Query.category("order"), 0, 1, 2, 3, 7);
        finds(trial, Query.category("orders"), 4);
        finds(trial, Query.category("invoice"), 6);
        finds(trial, Query.category("order-1"));
        finds(trial, Query.category("ord"));
        finds(trial, Query.category(""), 8);
    }

    @Test
    default void typeIsAnyOfThoseGiven(Trial trial) {
        filed(trial);

        finds(trial, Query.type("Created"), 0, 2, 3, 4, 5, 6);
        finds(trial, Query.type("Created", "Shipped"), 0, 1, 2, 3, 4, 5, 6);
        finds(trial, Query.type("Create"));
        finds(trial, Query.type("created"));
    }

    @Test
    default void tagsAreAllOfThoseGivenAndComparedWhole(Trial trial) {
        filed(trial);

        finds(trial, Query.tag("c:1"), 0, 1, 2, 6);
        finds(trial, Query.tag("c:1", "vip"), 1, 6);
        finds(trial, Query.tag("vip"), 1, 4, 6);
        finds(trial, Query.tag("c:1", "c:2"));
        finds(trial, Query.tag("c:"));
        finds(trial, Query.tag("c:11"), 3);
        finds(trial, Query.tag("C:1"));
        finds(trial, Query.tag("c:1", "vip", "missing"));
    }

    @Test
    default void partsOfAnItemRestrictTogether(Trial trial) {
        filed(trial);

        finds(trial, Query.category("order").withTypes("Created"), 0, 2, 3);
        finds(trial, Query.stream("order-1").withTypes("Shipped"), 1);
        finds(trial, Query.stream("order-1").withTypes("Lost"));
        finds(trial, Query.type("Created").withTags("c:1"), 0, 2, 6);
        finds(trial, Query.stream("order-1").withTags("vip"), 1);
        finds(trial, Query.category("order").withTypes("Created", "Shipped").withTags("c:1", "vip"), 1);
        finds(trial, Query.category("invoice").withTypes("Shipped").withTags("vip"));
    }

    @Test
    default void itemsOfAQueryAreAlternatives(Trial trial) {
        filed(trial);

        finds(trial, Query.stream("orders-1").or(Query.type("Shipped")), 1, 4);
        finds(trial, Query.tag("c:11").or(Query.category("invoice")).or(Query.stream("missing")), 3, 6);
        finds(trial, Query.stream("missing").or(Query.type("Missing")));
        finds(trial, Query.stream("missing").or(Query.all()), 0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    default void eventThatSeveralItemsMatchIsDeliveredOnce(Trial trial) {
        filed(trial);

        finds(trial, Query.tag("c:1").or(Query.type("Created")), 0, 1, 2, 3, 4, 5, 6);
        finds(trial, Query.stream("order-1").or(Query.category("order")), 0, 1, 2, 3, 7);
        finds(trial, Query.all().or(Query.all()).or(Query.tag("vip")), 0, 1, 2, 3, 4, 5, 6, 7, 8);
        finds(trial, Query.type("Shipped").or(Query.type("Shipped")), 1);
    }

    @Test
    default void everyQueryFindsWhatItMatchesAndNothingElse(Trial trial) {
        String[] streams = {"a-1", "a-2", "b-1", "b"};
        String[] types = {"X", "Y", "Z"};
        String[] tags = {"s", "t", "u"};
        for (int i = 0; i < 144; i++) {
            List<String> some = new ArrayList<>();
            for (int tag = 0; tag < tags.length; tag++) {
                if ((((i * 7 / 3) >> tag) & 1) == 1) {
                    some.add(tags[tag]);
                }
            }
            trial.append(streams[i * 5 % 7 % 4], event(types[i * 11 % 13 % 3], some.toArray(String[]::new)));
        }
        List<RecordedEvent> all = trial.readAll();
        List<Query.Item> items = new ArrayList<>();
        for (Set<String> ofTypes : List.of(Set.<String>of(), Set.of("X"), Set.of("Y", "Z"), Set.of("W"))) {
            for (Set<String> ofTags : List.of(Set.<String>of(), Set.of("s"), Set.of("t", "u"), Set.of("s", "t", "u"))) {
                items.add(new Query.Item(Set.of(), Optional.empty(), ofTypes, ofTags));
                items.add(new Query.Item(Set.of("a-1"), Optional.empty(), ofTypes, ofTags));
                items.add(new Query.Item(Set.of("a-2", "b", "c"), Optional.empty(), ofTypes, ofTags));
                items.add(new Query.Item(Set.of(), Optional.of("b"), ofTypes, ofTags));
            }
        }
        for (int i = 0; i < items.size(); i++) {
            for (int other : new int[]{i, (i * 5 + 3) % items.size(), (i * 17 + 11) % items.size()}) {
                Query query = new Query(i == other ? List.of(items.get(i)) : List.of(items.get(i), items.get(other)));
                List<RecordedEvent> matching = all.stream().filter(query::matches).toList();
                assertThat(trial.read(query)).as("%s", query).isEqualTo(matching);
                assertThat(trial.read(Read.of(query).backwards())).as("backwards: %s", query)
                        .isEqualTo(reversed(matching));
                assertThat(trial.read(Read.of(query).limit(2))).as("two of: %s", query)
                        .isEqualTo(matching.subList(0, Math.min(2, matching.size())));
            }
        }
    }

    @Test
    default void rareEventsAreFoundAmongManyByTypeAndByTagAlike(Trial trial) {
        List<RecordedEvent> rare = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            trial.append("noise-" + i, Events.events(400, "Noise", "noise", "n:" + i));
            if (i % 4 == 1) {
                rare.add(trial.appendOne("rare-" + i, event("Rare", "noise", "rare")));
            }
        }
        for (Query query : List.of(Query.type("Rare"), Query.tag("rare"), Query.tag("noise", "rare"),
                Query.category("rare"), Query.type("Rare").withTags("noise"), Query.tag("noise").withTypes("Rare"))) {
            assertThat(trial.read(query)).as("%s", query).isEqualTo(rare);
            assertThat(trial.read(Read.of(query).backwards().limit(1))).as("newest: %s", query)
                    .containsExactly(rare.getLast());
        }
    }

    private static void filed(Trial trial) {
        trial.append("order-1", event("Created", "c:1"));
        trial.append("order-1", event("Shipped", "c:1", "vip"));
        trial.append("order-10", event("Created", "c:1"));
        trial.append("order", event("Created", "c:11"));
        trial.append("orders-1", event("Created", "vip"));
        trial.append("Order-1", event("Created", "c:2"));
        trial.append("invoice-1", event("Created", "c:1", "vip"));
        trial.append("order--x", event("Lost"));
        trial.append("-1", event("Odd"));
    }

    /** Tries that the query finds those of the events filed that have these numbers, both ways and from the subscription. */
    private static void finds(Trial trial, Query query, int... numbers) {
        List<RecordedEvent> all = trial.readAll();
        List<RecordedEvent> expected = new ArrayList<>();
        for (int number : numbers) {
            expected.add(all.get(number));
        }
        assertThat(trial.read(query)).as("%s", query).isEqualTo(expected);
        assertThat(trial.read(Read.of(query).backwards())).as("backwards: %s", query).isEqualTo(reversed(expected));
        assertThat(Subscriber.catchUp(trial.store(), query, 0)).as("subscribed: %s", query).isEqualTo(expected);
    }
}
