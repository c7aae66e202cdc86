package letopis.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QueryTest {
    private static final Event CREATED = Event.of("OrderCreated", "{}").withTags("customer:7", "region:eu");

    @Test
    void allMatchesEverything() {
        assertThat(Query.all().matches("any", CREATED)).isTrue();
        assertThat(Query.all().matchesEverything()).isTrue();
        assertThat(Query.category("order").or(Query.all()).matchesEverything()).isTrue();
        assertThat(Query.category("order").matchesEverything()).isFalse();
    }

    @Test
    void everyPartOfAnItemMustHold() {
        Query query = Query.category("order")
                .withTypes("OrderCreated", "OrderShipped")
                .withTags("customer:7")
                .withTags("region:eu");

        assertThat(query.matches("order-1", CREATED)).isTrue();
        assertThat(query.matches("order", CREATED)).isTrue();
        assertThat(query.matches("orders-1", CREATED)).isFalse();
        assertThat(query.matches("order-1", CREATED.withTags("customer:7"))).isFalse();
        assertThat(query.matches("order-1", Event.of("OrderCancelled", "{}").withTags("customer:7", "region:eu")))
                .isFalse();
    }

    @Test
    void theFirstItemThatMatchesIsTold() {
        Query query = Query.type("Other").or(Query.tag("region:eu")).or(Query.stream("order-1"));

        assertThat(query.itemThatMatches("order-1", CREATED)).isEqualTo(1);
        assertThat(query.itemThatMatches("order-1", CREATED.withTags())).isEqualTo(2);
        assertThat(query.itemThatMatches("order-2", CREATED.withTags())).isEqualTo(-1);
    }

    @Test
    void aQueryAboutOneStreamIsKnownAsSuch() {
        assertThat(Query.stream("order-1").withTypes("A").singleStream()).contains("order-1");
        assertThat(Query.stream("order-1").or(Query.stream("order-1").withTypes("A")).singleStream())
                .contains("order-1");
        assertThat(Query.stream("order-1").or(Query.stream("order-2")).singleStream()).isEmpty();
        assertThat(Query.streams(Set.of("order-1", "order-2")).singleStream()).isEmpty();
        assertThat(Query.category("order").singleStream()).isEmpty();
    }

    @Test
    void whatHasNoMeaningIsRefused() {
        assertThatThrownBy(() -> new Query(List.of())).hasMessageContaining("Query.all()");
        assertThatThrownBy(Query::type).hasMessageContaining("no type given");
        assertThatThrownBy(() -> Query.streams(Set.of())).hasMessageContaining("no stream given");
        assertThatThrownBy(() -> Query.type("A").withTypes("B")).hasMessageContaining("names its types already");
        assertThatThrownBy(() -> new Query.Item(Set.of("s"), Optional.of("c"), Set.of(), Set.of()))
                .hasMessageContaining("not both");
        assertThatThrownBy(() -> Read.all().from(Point.revision(1))).hasMessageContaining("one stream only");
        assertThatThrownBy(() -> Read.all().limit(0)).hasMessageContaining("at least 1");
    }

    @Test
    void aQueryCanBeReadAloud() {
        assertThat(Query.category("order").withTypes("A", "B").or(Query.tag("x:1", "y:2")))
                .hasToString("category order, type A|B; or tag x:1+y:2");
        assertThat(Query.all()).hasToString("all events");
    }

    @Test
    void theCategoryIsTheTextBeforeTheFirstDash() {
        assertThat(StreamName.categoryOf("order-17-b")).isEqualTo("order");
        assertThat(StreamName.idOf("order-17-b")).isEqualTo("17-b");
        assertThat(StreamName.categoryOf("order")).isEqualTo("order");
        assertThat(StreamName.idOf("order")).isEmpty();
        assertThat(StreamName.categoryOf("-x")).isEmpty();
    }
}
