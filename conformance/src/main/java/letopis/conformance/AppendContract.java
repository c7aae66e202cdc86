package letopis.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.Capability;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.Query;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static letopis.conformance.Events.ids;
import static letopis.conformance.Events.positions;
import static letopis.conformance.Events.revisions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every store does with an append. */
public interface AppendContract extends StoreContract {
    @Test
    default void appendAnswersWithPositionsAndRevisions(Trial trial) {
        Appended first = trial.append("order-17", event());
        Appended second = trial.append("order-17", events(3));

        assertThat(first.position()).isEqualTo(first.firstPosition());
        assertThat(first.revisions()).isEqualTo(Map.of("order-17", 0L));
        assertThat(second.firstPosition()).isGreaterThan(first.position());
        assertThat(second.position()).isGreaterThanOrEqualTo(second.firstPosition() + 2);
        assertThat(second.revisions()).isEqualTo(Map.of("order-17", 3L));
    }

    @Test
    default void appendIsVisibleWhenItReturns(Trial trial) {
        for (int i = 0; i < 20; i++) {
            Event event = event();
            Appended appended = trial.append("order-17", event);

            assertThat(ids(trial.read(Query.stream("order-17")))).hasSize(i + 1).endsWith(event.id());
            assertThat(trial.store().head()).isEqualTo(appended.position());
        }
    }

    @Test
    default void headOfAnEmptyStoreIsZero(Trial trial) {
        assertThat(trial.store().head()).isZero();
        assertThat(trial.readAll()).isEmpty();
    }

    @Test
    default void eventsOfOneAppendKeepTheirOrder(Trial trial) {
        Event[] events = events(50);
        Appended appended = trial.append("order-17", events);

        List<RecordedEvent> stored = trial.readAll();
        assertThat(stored).extracting(RecordedEvent::event).containsExactly(events);
        assertThat(revisions(stored)).containsExactlyElementsOf(LongStream.range(0, 50).boxed().toList());
        assertThat(positions(stored)).isSorted()
                .doesNotHaveDuplicates()
                .startsWith(appended.firstPosition())
                .endsWith(appended.position());
    }

    @Test
    default void positionsGrowWithEachEventAndHaveNoHoles(Trial trial) {
        for (int i = 0; i < 10; i++) {
            trial.append("order-" + i % 3, events(1 + i % 4));
        }
        List<Long> positions = positions(trial.readAll());

        assertThat(positions).hasSize(23).isSorted().doesNotHaveDuplicates();
        assertThat(positions.getFirst()).isPositive();
        if (trial.has(Capability.GAPLESS_POSITIONS)) {
            assertThat(positions).containsExactlyElementsOf(LongStream.rangeClosed(1, 23).boxed().toList());
        }
    }

    @Test
    default void revisionsOfEachStreamBeginAtZeroAndHaveNoGaps(Trial trial) {
        for (int i = 0; i < 30; i++) {
            trial.append("order-" + i % 3, event());
        }
        for (int i = 0; i < 3; i++) {
            assertThat(revisions(trial.read(Query.stream("order-" + i))))
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        }
    }

    @Test
    default void appendToSeveralStreamsAnswersWithTheRevisionOfEach(Trial trial) {
        trial.append("account-b", events(2));
        Append transfer = Append.to("account-a")
                .of(events(2))
                .andTo("account-b")
                .of(event())
                .andTo("account-c")
                .of(event());
        if (trial.lacks(Capability.SEVERAL_STREAMS, () -> trial.store().append(transfer))) {
            return;
        }
        Appended appended = trial.store().append(transfer);

        assertThat(appended.revisions()).isEqualTo(Map.of("account-a", 1L, "account-b", 2L, "account-c", 0L));
        assertThat(ids(trial.readAll()).subList(2, 6)).isEqualTo(ids(transfer));
    }

    @Test
    default void appendMayComeBackToAStream(Trial trial) {
        Append weave = Append.to("a-1")
                .of(event())
                .andTo("b-1")
                .of(event())
                .andTo("a-1")
                .of(event())
                .andTo("b-1")
                .of(event());
        if (trial.lacks(Capability.SEVERAL_STREAMS, () -> trial.store().append(weave))) {
            return;
        }
        Appended appended = trial.store().append(weave);

        assertThat(appended.revisions()).isEqualTo(Map.of("a-1", 1L, "b-1", 1L));
        List<RecordedEvent> stored = trial.readAll();
        assertThat(ids(stored)).isEqualTo(ids(weave));
        assertThat(revisions(stored)).containsExactly(0L, 0L, 1L, 1L);
        assertThat(stored).extracting(RecordedEvent::stream).containsExactly("a-1", "b-1", "a-1", "b-1");
    }

    @Test
    default void whatWasAppendedIsReadUnchanged(Trial trial) {
        byte[] everyByte = new byte[512];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        Event[] events = {
                Event.of("Заказ создан", "{\"text\":\"naïve 🚀\"}").withTags("kunde:Ä", "tag with spaces", "🚀"),
                event("OrderShipped").withContentType("application/octet-stream").withMetadata(Bytes.of(everyByte)),
                new Event(UUID.randomUUID(), "x", "text/plain; charset=utf-16", Bytes.of(everyByte), Bytes.empty(),
                        Set.of()),
                new Event(new UUID(0, 0), "ZeroId", Event.JSON, Bytes.empty(), Bytes.empty(), Set.of()),
                new Event(new UUID(-1, -1), "OnesId", Event.JSON, Bytes.utf8("{}"), Bytes.utf8("{}"),
                        Set.of("a", "b", "c"))};
        for (Event event : events) {
            trial.append("order-17", event);
        }
        assertThat(trial.readAll()).extracting(RecordedEvent::event).containsExactly(events);
        assertThat(trial.read(Query.stream("order-17"))).isEqualTo(trial.readAll());
    }

    @Test
    default void dataOfManySizesIsReadUnchanged(Trial trial) {
        List<Event> events = new ArrayList<>();
        for (int size : new int[]{0, 1, 2, 63, 64, 65, 4_095, 4_096, 4_097, 65_535, 65_536, 300_000, 1 << 20}) {
            byte[] data = new byte[size];
            for (int i = 0; i < size; i++) {
                data[i] = (byte) (i * 31 + size);
            }
            events.add(Event.of("Measured", Bytes.wrap(data)));
        }
        trial.append("probe-1", events.toArray(Event[]::new));

        assertThat(trial.readAll()).extracting(RecordedEvent::event).isEqualTo(events);
    }

    @Test
    default void refusedAppendLeavesNothing(Trial trial) {
        trial.append("order-17", event("OrderCreated"));
        long head = trial.store().head();

        assertThatThrownBy(() -> trial.store().append(Append.to("order-17").expectingRevision(5).of(events(3, "Lost"))))
                .isInstanceOf(ConditionFailedException.class);

        assertThat(trial.store().head()).isEqualTo(head);
        assertThat(trial.readAll()).hasSize(1);
        assertThat(trial.read(Query.type("Lost"))).isEmpty();
        assertThat(trial.store().types()).extracting(it -> it.type()).containsExactly("OrderCreated");
        assertThat(trial.append("order-17", event()).revision("order-17")).isEqualTo(1);
    }

    @Test
    default void refusedAppendToSeveralStreamsLeavesNothingInAny(Trial trial) {
        trial.append("account-b", event());
        Append refused = Append.to("account-a")
                .of(event("Lost"))
                .andTo("account-b")
                .expectingNoStream()
                .of(event("Lost"))
                .andTo("account-c")
                .of(event("Lost"));
        if (trial.lacks(Capability.SEVERAL_STREAMS, () -> trial.store().append(refused))) {
            return;
        }
        assertThatThrownBy(() -> trial.store().append(refused)).isInstanceOf(ConditionFailedException.class);

        assertThat(trial.readAll()).hasSize(1);
        assertThat(trial.store().stream("account-a")).isEmpty();
        assertThat(trial.store().stream("account-c")).isEmpty();
        assertThat(trial.store().streams("", "", 10)).hasSize(1);
    }

    @Test
    default void eventsWithTheSameIdInOneAppendAreRefused(Trial trial) {
        Event event = event();

        assertThatThrownBy(() -> trial.append("order-17", event, event()
                .withId(event.id()))).isInstanceOf(IllegalArgumentException.class);

        assertThat(trial.store().head()).isZero();
        assertThat(trial.readAll()).isEmpty();
    }

    @Test
    default void namesAreAnyTextAndNeverPaths(Trial trial) {
        List<String> names = List.of("../../etc/passwd", "..", ".", "/", "\\", "C:\\x", "CON", "a b", " a", "a ", "a.",
                "order-1", "Order-1", "ORDER-1", "-", "--", "-1", "order", "order-", "%2e%2e", "a'; drop table x--",
                "\"", "$all",
                "$ce-order", "*", "a%", "a_", "é", "e\u0301", "ß", "SS", "İ", "\uFFFD", "\uFEFFa", "a\u200B", "🚀-1",
                "🚀");
        for (String name : names) {
            trial.append(name, event(name, name));
        }
        List<RecordedEvent> all = trial.readAll();
        assertThat(all).extracting(RecordedEvent::stream).isEqualTo(names);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            assertThat(trial.read(Query.stream(name))).as("stream %s", name).containsExactly(all.get(i));
            assertThat(trial.read(Query.type(name))).as("type %s", name).containsExactly(all.get(i));
            assertThat(trial.read(Query.tag(name))).as("tag %s", name).containsExactly(all.get(i));
            assertThat(trial.store().stream(name)).as("stream %s", name)
                    .get()
                    .extracting(it -> it.stream())
                    .isEqualTo(name);
        }
    }

    @Test
    default void eventsWithoutAnyTagAndWithManyAreFiledTogether(Trial trial) {
        String[] tags = new String[64];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = "tag:" + i;
        }
        trial.append("order-17", event(), event("Tagged", tags), event());

        for (String tag : tags) {
            assertThat(revisions(trial.read(Query.tag(tag)))).containsExactly(1L);
        }
        assertThat(revisions(trial.read(Query.tag(tags)))).containsExactly(1L);
    }
}
