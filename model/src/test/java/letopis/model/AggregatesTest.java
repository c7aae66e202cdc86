package letopis.model;

import java.time.Instant;
import java.util.List;

import letopis.memory.MemoryEventStore;
import letopis.store.Point;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AggregatesTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final MemoryEventStore store = MemoryEventStore.open();
    private final Aggregates<Parcel, ParcelEvent> parcels = Aggregates.over(store, "parcel",
            EventTypes.of(ParcelEvent.class), Parcel.NONE, Parcel::evolve);

    @Test
    void whatWasDecidedIsInTheState() {
        Handled<Parcel, ParcelEvent> handled = parcels.handle("1", parcel -> parcel.send("anna", NOON));

        assertThat(handled.events()).containsExactly(new ParcelEvent.Sent("anna", NOON));
        assertThat(handled.state()).isEqualTo(parcels.load("1").state());
        assertThat(handled.position()).isEqualTo(1);
        assertThat(handled.appended().orElseThrow().revision("parcel-1")).isZero();
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
    void aStateCanBeHadAsOfARevision() {
        parcels.handle("1", parcel -> parcel.send("anna", NOON));
        parcels.handle("1", parcel -> List.of(new ParcelEvent.Delivered(NOON)));

        assertThat(parcels.load("1", Point.revision(0)).state().delivered()).isFalse();
        assertThat(parcels.load("1").state().delivered()).isTrue();
    }
}
