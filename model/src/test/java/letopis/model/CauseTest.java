package letopis.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import letopis.memory.MemoryEventStore;
import letopis.model.ParcelEvent.Sent;
import letopis.model.ParcelEvent.Weighed;
import letopis.store.Bytes;
import letopis.store.Metadata;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CauseTest {
    private final MemoryEventStore store = MemoryEventStore.open();
    private final Aggregates<Parcel, ParcelEvent> parcels = Aggregates.over(store, "parcel",
            EventTypes.of(ParcelEvent.class), Parcel.NONE, Parcel::evolve);

    @Test
    void whatIsSetAtTheEdgeIsInTheMetadataOfEveryEvent() {
        Cause.by("anna \"the\" boss")
                .correlation("req-1")
                .causation("cmd-7")
                .command("WeighTwice")
                .with("tenant", "t1")
                .run(() -> parcels.handle("1", _ -> List.of(new Weighed(1), new Weighed(2))));

        assertThat(events()).hasSize(2).allSatisfy(event -> {
            assertThat(event.metadataText(Metadata.ACTOR)).contains("anna \"the\" boss");
            assertThat(event.metadataText(Metadata.CORRELATION_ID)).contains("req-1");
            assertThat(event.metadataText(Metadata.CAUSATION_ID)).contains("cmd-7");
            assertThat(event.metadataText(Metadata.COMMAND)).contains("WeighTwice");
            assertThat(event.metadataText("tenant")).contains("t1");
        });
    }

    @Test
    void whereNothingIsSetThereIsNoMetadata() {
        parcels.handle("1", _ -> List.of(new Weighed(1)));

        assertThat(events().getFirst().metadata()).isEqualTo(Bytes.empty());
        assertThat(Cause.current()).isSameAs(Cause.NONE);
    }

    @Test
    void whatIsSetInsideAddsToWhatHoldsOutsideAndEndsWithIt() {
        Cause.by("anna").correlation("req-1").run(() -> {
            Cause.by("ben")
                    .run(() -> assertThat(Cause.current().entries())
                            .isEqualTo(Map.of(Metadata.ACTOR, "ben", Metadata.CORRELATION_ID, "req-1")));
            assertThat(Cause.current().get(Metadata.ACTOR)).contains("anna");
        });
        assertThat(Cause.current().get(Metadata.ACTOR)).isEmpty();
    }

    @Test
    void anEventAsTheCauseBeginsOrCarriesOnAChain() {
        parcels.handle("1", _ -> List.of(new Weighed(1)));
        RecordedEvent first = events().get(0);

        Cause.of(first).run(() -> parcels.handle("2", _ -> List.of(new Weighed(2))));
        RecordedEvent second = events().get(1);
        Cause.of(second).run(() -> parcels.handle("3", _ -> List.of(new Weighed(3))));
        RecordedEvent third = events().get(2);

        assertThat(second.metadataText(Metadata.CAUSATION_ID)).contains(first.id().toString());
        assertThat(second.metadataText(Metadata.CORRELATION_ID)).contains(first.id().toString());
        assertThat(third.metadataText(Metadata.CAUSATION_ID)).contains(second.id().toString());
        assertThat(third.metadataText(Metadata.CORRELATION_ID)).contains(first.id().toString());
    }

    record Send(String to) {}

    @Test
    void aDeciderNamesTheCommand() {
        Decider<Send, Parcel, ParcelEvent> decider = Decider.of(Parcel.NONE,
                (command, parcel) -> parcel.send(command.to(), Instant.EPOCH), Parcel::evolve);
        Aggregates<Parcel, ParcelEvent> decided = Aggregates.over(store, "parcel", EventTypes.of(ParcelEvent.class),
                decider);

        Handled<Parcel, ParcelEvent> handled = Cause.by("anna")
                .call(() -> decided.handle("1", decider.on(new Send("ben"))));

        assertThat(handled.events()).containsExactly(new Sent("ben", Instant.EPOCH));
        assertThat(events().getFirst().metadata().toUtf8()).isEqualTo("{\"actor\":\"anna\",\"command\":\"Send\"}");
    }

    private List<RecordedEvent> events() {
        try (Reading reading = store.read(Read.all())) {
            return reading.toList();
        }
    }
}
