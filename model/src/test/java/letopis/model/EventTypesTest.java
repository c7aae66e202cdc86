package letopis.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventTypesTest {
    sealed interface Shop {
        sealed interface Till extends Shop {
            record Opened(int cash) implements Till {}

            record Closed() implements Till {}
        }

        record Sold(String article) implements Shop {}
    }

    sealed interface Twice {
        record Opened() implements Twice {}

        sealed interface Inner extends Twice {}
    }

    static final class Other {
        record Opened() implements Twice.Inner {}
    }

    sealed interface Open {
        non-sealed interface Anything extends Open {}
    }

    sealed interface WithClass {
        final class Mutable implements WithClass {}
    }

    interface NotSealed {}

    @Test
    void aTypeIsTheSimpleNameOfItsRecordInAllLevelsOfTheFamily() {
        assertThat(EventTypes.of(Shop.class).names()).containsExactlyInAnyOrder("Opened", "Closed", "Sold");
        assertThat(EventTypes.of(Shop.Sold.class).names()).containsExactly("Sold");
    }

    @Test
    void aTypeCanBeNamedOtherwise() {
        EventTypes<Shop> types = EventTypes.of(Shop.class, Map.of(Shop.Sold.class, "article-sold"));

        Event event = types.encode(new Shop.Sold("book"), UUID.randomUUID(), Bytes.empty());

        assertThat(event.type()).isEqualTo("article-sold");
        assertThat(event.contentType()).isEqualTo("application/json");
        assertThat(event.data().toUtf8()).isEqualTo("{\"article\":\"book\"}");
        assertThat(types.decode(recorded(event))).containsExactly(new Shop.Sold("book"));
    }

    @Test
    void anEventWithoutComponentsIsAnEventAsWell() {
        EventTypes<Shop> types = EventTypes.of(Shop.class);

        Event event = types.encode(new Shop.Till.Closed(), UUID.randomUUID(), Bytes.empty());

        assertThat(event.data().toUtf8()).isEqualTo("{}");
        assertThat(types.decode(recorded(event))).containsExactly(new Shop.Till.Closed());
    }

    @Test
    void twoRecordsOfOneNameAreRefusedUntilOneIsNamedOtherwise() {
        assertThatThrownBy(() -> EventTypes.of(Twice.class)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Twice$Opened")
                .hasMessageContaining("Other$Opened")
                .hasMessageContaining("\"Opened\"");
        assertThatThrownBy(() -> EventTypes.of(Shop.class, Map.of(Shop.Sold.class, "Opened")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"Opened\"");
        assertThat(EventTypes.of(Twice.class, Map.of(Other.Opened.class, "OtherOpened")).names())
                .containsExactlyInAnyOrder("Opened", "OtherOpened");
    }

    @Test
    void whatIsNotSealedDownToRecordsIsRefused() {
        for (Class<?> family : List.of(Open.class, WithClass.class, NotSealed.class, String.class)) {
            assertThatThrownBy(() -> EventTypes.of(family)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(family.getName());
        }
    }

    @Test
    void aTypeThatIsNotOfTheFamilyIsAnErrorThatSaysWhereItIsAndWhatWouldHelp() {
        RecordedEvent stored = recorded(Event.of("ArticleReturned", "{}"));

        assertThatThrownBy(() -> EventTypes.of(Shop.class).decode(stored)).isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("ArticleReturned")
                .hasMessageContaining("stream shop-1")
                .hasMessageContaining("revision 4")
                .hasMessageContaining("position 17")
                .hasMessageContaining("Opened, Closed, Sold")
                .hasMessageContaining("EventTypes.of(Shop.class, Map.of(….class, \"ArticleReturned\"))");
    }

    @Test
    void aClassIsNeverTakenFromWhatIsStored() {
        RecordedEvent stored = recorded(
                Event.of("java.lang.ProcessBuilder", "{\"@class\":\"java.lang.ProcessBuilder\"}"));

        assertThatThrownBy(() -> EventTypes.of(Shop.class).decode(stored)).isInstanceOf(UnreadableEventException.class);
    }

    @Test
    void dataThatIsNoSuchEventIsAnErrorThatSaysWhereItIsAndWhatIsWrong() {
        RecordedEvent stored = recorded(Event.of("Sold", "{\"thing\":\"book\"}"));

        assertThatThrownBy(() -> EventTypes.of(Shop.class).decode(stored)).isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("stream shop-1 at revision 4")
                .hasMessageContaining("article")
                .hasMessageContaining("{\"thing\":\"book\"}");
    }

    @Test
    void anotherContentTypeIsAnError() {
        RecordedEvent stored = recorded(Event.of("Sold", "x").withContentType("application/protobuf"));

        assertThatThrownBy(() -> EventTypes.of(Shop.class).decode(stored)).isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("application/protobuf");
    }

    @Test
    void tagsComeFromTheEvent() {
        EventTypes<Shop> types = EventTypes.of(Shop.class)
                .tagged(event -> event instanceof Shop.Sold sold ? Set.of("article:" + sold.article()) : Set.of());

        assertThat(types.encode(new Shop.Sold("book"), UUID.randomUUID(), Bytes.empty()).tags())
                .containsExactly("article:book");
        assertThat(types.encode(new Shop.Till.Closed(), UUID.randomUUID(), Bytes.empty()).tags()).isEmpty();
    }

    @Test
    void aQueryCanBeHeldToTheFamily() {
        Query query = EventTypes.of(Shop.class).in(Query.tag("a").or(Query.type("Sold")));

        assertThat(query.matches("x", Event.of("Opened", "{}").withTags("a"))).isTrue();
        assertThat(query.matches("x", Event.of("Elsewhere", "{}").withTags("a"))).isFalse();
        assertThat(query.matches("x", Event.of("Sold", "{}"))).isTrue();
    }

    private static RecordedEvent recorded(Event event) {
        return new RecordedEvent("shop-1", 4, 17, Instant.EPOCH, event);
    }
}
