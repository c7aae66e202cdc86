package letopis.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import letopis.memory.MemoryEventStore;
import letopis.model.ParcelEvent.Delivered;
import letopis.model.ParcelEvent.Sent;
import letopis.model.ParcelEvent.Weighed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final Aggregates<Parcel, ParcelEvent> parcels = Aggregates.over(MemoryEventStore.open(), "parcel",
            EventTypes.of(ParcelEvent.class), Parcel.NONE, Parcel::evolve);

    record Address(String street, String city) {}

    record Person(String name, @Nullable Address address, Map<String, Integer> scores, List<String> tags) {}

    @Test
    void eachStepHasTheEventAndTheStatesAroundIt() {
        parcels.handle("1", _ -> List.of(new Sent("anna", NOON), new Weighed(3), new Delivered(NOON)));

        List<History.Step<Parcel, ParcelEvent>> steps = parcels.history("1").steps();

        assertThat(steps).extracting(History.Step::revision).containsExactly(0L, 1L, 2L);
        assertThat(steps.get(1).recorded().event()).isEqualTo(new Weighed(3));
        assertThat(steps.get(1).before()).isEqualTo(new Parcel("anna", false, 0));
        assertThat(steps.get(1).after()).isEqualTo(new Parcel("anna", false, 3));
        assertThat(steps.get(1).differences())
                .containsExactly(new Difference("grams", Optional.of("0"), Optional.of("3")));
    }

    @Test
    void changesBetweenTwoRevisionsNameTheLastEventThatMadeEachOfThem() {
        parcels.handle("1", _ -> List.of(new Sent("anna", NOON), new Weighed(3), new Weighed(5), new Delivered(NOON),
                new Weighed(9)));
        History<Parcel, ParcelEvent> history = parcels.history("1");

        List<History.Change<ParcelEvent>> changes = history.changes(0, 3);

        assertThat(changes).extracting(change -> change.difference().toString())
                .containsExactlyInAnyOrder("delivered: false -> true", "grams: 0 -> 5");
        assertThat(changes).filteredOn(change -> change.difference().field().equals("grams"))
                .extracting(change -> change.by().revision())
                .containsExactly(2L);
        assertThat(history.changes(Folded.NO_REVISION, 0)).extracting(change -> change.difference().field())
                .containsExactly("sentTo");
        assertThat(history.changes(4, 4)).isEmpty();
    }

    @Test
    void whatWasChangedAndChangedBackIsLeftOut() {
        parcels.handle("1", _ -> List.of(new Weighed(3), new Weighed(5), new Weighed(3)));

        assertThat(parcels.history("1").changes(0, 2)).isEmpty();
    }

    @Test
    void recordsAndMapsAreComparedPartByPart() {
        Person before = new Person("Ada", new Address("Main Street", "Oslo"), Map.of("a", 1, "b", 2), List.of("x"));
        Person after = new Person("Ada", new Address("Main Street", "Rome"), Map.of("a", 1, "b", 3, "c", 4),
                List.of("x", "y"));

        assertThat(Difference.between(before, after)).extracting(Difference::toString)
                .containsExactlyInAnyOrder(
                        "address.city: Oslo -> Rome", "scores.b: 2 -> 3", "scores.c: nothing -> 4",
                        "tags: [x] -> [x, y]");
        assertThat(Difference.between(before, new Person("Ada", null, before.scores(), before.tags())))
                .extracting(Difference::field)
                .containsExactly("address");
        assertThat(Difference.between(before, before)).isEmpty();
    }

    @Test
    void otherObjectsAreComparedByTheirJsonOrAsAWhole() {
        assertThat(Difference.between(new Bean(1), new Bean(2))).extracting(Difference::toString)
                .containsExactly("size: 1 -> 2");
        assertThat(Difference.between(1, 2)).extracting(Difference::toString).containsExactly("1 -> 2");
        assertThat(Difference.between(Optional.of(1), Optional.of(2))).hasSize(1);
    }

    @SuppressWarnings({"EffectivelyPrivate", "UnusedMethod"}) // read by Jackson
    private static final class Bean {
        private final int size;

        Bean(int size) {
            this.size = size;
        }

        public int getSize() {
            return size;
        }
    }
}
