package letopis.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import letopis.memory.MemoryEventStore;
import letopis.model.ParcelEvent.Delivered;
import letopis.model.ParcelEvent.Sent;
import letopis.model.ParcelEvent.Weighed;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Point;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AggregatesTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final MemoryEventStore store = MemoryEventStore.open(now::get);
    private final Aggregates<Parcel, ParcelEvent> parcels = Aggregates.over(store, "parcel",
            EventTypes.of(ParcelEvent.class), Parcel.NONE, Parcel::evolve);

    @Test
    void whatWasDecidedIsInTheState() {
        Handled<Parcel, ParcelEvent> handled = parcels.handle("1", parcel -> parcel.send("anna", NOON));

        assertThat(handled.events()).containsExactly(new Sent("anna", NOON));
        assertThat(handled.state()).isEqualTo(parcels.load("1").state());
        assertThat(handled.position()).isEqualTo(1);
        assertThat(handled.appended().orElseThrow().revision("parcel-1")).isZero();
    }

    @Test
    void severalEventsAreOneAppend() {
        Handled<Parcel, ParcelEvent> handled = parcels.handle("1", _ -> List.of(new Weighed(1), new Weighed(2)));

        assertThat(handled.state().grams()).isEqualTo(2);
        assertThat(handled.appended().orElseThrow().firstPosition()).isEqualTo(1);
        assertThat(handled.position()).isEqualTo(2);
        assertThat(parcels.load("1").revision()).isEqualTo(1);
    }

    @Test
    void whereNothingNeedsToHappenNothingIsAppended() {
        parcels.handle("1", parcel -> parcel.send("anna", NOON));
        Handled<Parcel, ParcelEvent> again = parcels.handle("1", parcel -> parcel.send("anna", NOON));

        assertThat(again.events()).isEmpty();
        assertThat(again.appended()).isEmpty();
        assertThat(again.position()).isEqualTo(store.head()).isEqualTo(1);
        assertThat(again.state().sentTo()).isEqualTo("anna");
    }

    @Test
    void aRefusalIsThrownAsItIsAndNothingIsWritten() {
        IllegalStateException refusal = new IllegalStateException("no");

        assertThatThrownBy(() -> parcels.handle("1", _ -> {
            throw refusal;
        })).isSameAs(refusal);
        assertThat(store.head()).isZero();
    }

    @Test
    void anAggregateWithoutEventsHasTheInitialState() {
        Aggregate<Parcel> none = parcels.load("1");

        assertThat(none).isEqualTo(new Aggregate<>("1", "parcel-1", Parcel.NONE, -1, 0));
        assertThat(none.exists()).isFalse();
    }

    @Test
    void aStateCanBeHadAsOfARevisionAPositionOrATime() {
        parcels.handle("1", parcel -> parcel.send("anna", NOON));
        parcels.handle("2", parcel -> parcel.send("ben", NOON));
        now.set(NOON.plusSeconds(60));
        parcels.handle("1", _ -> List.of(new Delivered(NOON)));
        parcels.handle("1", _ -> List.of(new Weighed(7)));

        assertThat(parcels.load("1", Point.revision(0)).state()).isEqualTo(new Parcel("anna", false, 0));
        assertThat(parcels.load("1", Point.revision(1)).state()).isEqualTo(new Parcel("anna", true, 0));
        assertThat(parcels.load("1", Point.revision(9)).state()).isEqualTo(parcels.load("1").state());
        assertThat(parcels.load("1", Point.position(2)).state()).isEqualTo(new Parcel("anna", false, 0));
        assertThat(parcels.load("1", Point.position(3)))
                .isEqualTo(new Aggregate<>("1", "parcel-1", new Parcel("anna", true, 0), 1, 3));
        assertThat(parcels.load("1", Point.time(NOON.plusSeconds(59))).state()).isEqualTo(new Parcel("anna", false, 0));
        assertThat(parcels.load("1", Point.time(NOON.minusSeconds(1))).exists()).isFalse();
        assertThat(parcels.load("1").position()).isEqualTo(4);
    }

    @Test
    void aStreamThatWasDeletedBeginsAnewAndItsRevisionsGoOn() {
        parcels.handle("1", parcel -> parcel.send("anna", NOON));
        store.forget(Forget.delete("parcel-1"));

        assertThat(parcels.load("1").exists()).isFalse();
        Handled<Parcel, ParcelEvent> anew = parcels.handle("1", parcel -> parcel.send("ben", NOON));
        assertThat(anew.appended().orElseThrow().revision("parcel-1")).isEqualTo(1);
        assertThat(parcels.handle("1", _ -> List.of(new Weighed(3))).state()).isEqualTo(new Parcel("ben", false, 3));
    }

    @Test
    void aStreamWhoseEventsAreAllForgottenGoesOn() {
        parcels.handle("1", _ -> List.of(new Weighed(1), new Weighed(2)));
        store.forget(Forget.before("parcel-1", 2));

        Handled<Parcel, ParcelEvent> next = parcels.handle("1", parcel -> List.of(new Weighed(parcel.grams() + 3)));

        assertThat(next.state().grams()).isEqualTo(3);
        assertThat(next.appended().orElseThrow().revision("parcel-1")).isEqualTo(2);
    }

    @Test
    void anEventThatCannotBeReadIsAnErrorAndNotSkipped() {
        store.append(Append.to("parcel-1").of(Event.of("Lost", "{}")));

        assertThatThrownBy(() -> parcels.load("1")).isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("Lost")
                .hasMessageContaining("parcel-1")
                .hasMessageContaining("Sent, Delivered, Weighed");
        assertThatThrownBy(() -> parcels.handle("1", parcel -> parcel.send("anna", NOON)))
                .isInstanceOf(UnreadableEventException.class);
        assertThat(store.head()).isEqualTo(1);
    }

    @Test
    void aCategoryHasNoDash() {
        assertThatThrownBy(() -> Aggregates.over(store, "parcel-post", EventTypes.of(ParcelEvent.class), Parcel.NONE,
                Parcel::evolve))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parcel-post");
    }

    @Test
    void idsOfEventsCanBeGiven() {
        UUID id = new UUID(0, 42);

        parcels.withIds(() -> id).handle("1", parcel -> parcel.send("anna", NOON));

        assertThat(only().id()).isEqualTo(id);
    }

    private RecordedEvent only() {
        try (Reading reading = store.read(Read.all())) {
            return reading.first().orElseThrow();
        }
    }
}
