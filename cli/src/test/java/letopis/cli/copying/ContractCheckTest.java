package letopis.cli.copying;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import letopis.engine.EmbeddedEventStore;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Each fault that the check is for is put before it: a store whose readings have been tampered with. */
class ContractCheckTest {
    @TempDir
    Path directory;
    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void write() {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory.resolve("data"))) {
            for (int i = 0; i < 100; i++) {
                store.append(Append.to("s-" + i % 10).of(Event.of("T", "{}")));
            }
        }
    }

    private ContractCheck.Report check(Tampering tampering) {
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory.resolve("data"))) {
            EventStore tampered = tampering.with(store);
            return new ContractCheck(tampered, faults::add, _ -> {}, () -> false, 7).run();
        }
    }

    @Test
    void soundStoreHasNoFault() {
        ContractCheck.Report report = check(new Tampering(it -> it));

        assertThat(faults).isEmpty();
        assertThat(report).isEqualTo(new ContractCheck.Report(100, 10, 100, 0, true));
    }

    @Test
    void forgottenEventsAreNoFault() {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory.resolve("data"))) {
            store.forget(Forget.before("s-1", 4));
            store.forget(Forget.tombstone("s-2"));
        }

        assertThat(check(new Tampering(it -> it)).events()).isEqualTo(86);
        assertThat(faults).isEmpty();
    }

    @Test
    void missingEventIsFound() {
        check(new Tampering(it -> it.position() == 51 ? null : it));
        assertThat(faults).anyMatch(it -> it.contains("comes after revision 4 of its stream"))
                .anyMatch(it -> it.contains("1 are missing"));
    }

    @Test
    void missingLastEventOfAStreamIsFound() {
        check(new Tampering(it -> it.position() == 100 ? null : it));
        assertThat(faults).anyMatch(it -> it.contains("s-9") && it.contains("ends with 8"));
    }

    @Test
    void idThatOccursTwiceIsFound() {
        UUID id = UUID.randomUUID();
        check(new Tampering(it -> it.position() == 3 || it.position() == 97
                ? new RecordedEvent(it.stream(), it.revision(), it.position(), it.time(), it.event().withId(id))
                : it));
        assertThat(faults).containsExactly("event id " + id + " is at position 3, and at 97");
    }

    @Test
    void timeThatGoesBackwardsIsFound() {
        check(new Tampering(it -> it.position() == 50
                ? new RecordedEvent(it.stream(), it.revision(), it.position(), Instant.EPOCH, it.event())
                : it));
        assertThat(faults).singleElement().asString().contains("position 50").contains("before the event before it");
    }

    @Test
    void positionThatOccursTwiceIsFound() {
        check(new Tampering(it -> it.position() == 50
                ? new RecordedEvent(it.stream(), it.revision(), 49, it.time(), it.event())
                : it));
        assertThat(faults).singleElement().asString().contains("position 49").contains("comes after position 49");
    }
}
