package letopis.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import letopis.engine.index.SavedIndex;
import letopis.proof.ConsistencyProof;
import letopis.proof.InclusionProof;
import letopis.proof.Proof;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an engine of this version has written is read for as long as the format lives, and this code still writes the same bytes.
 * Where a test here fails after a change of the index or of what is remembered of the tree, that file needs another version in its
 * header, and a copy made anew; where it fails after a change of the log, the change is wrong.
 */
class KeptEngineStoreTest {
    private static final List<String> PROOFS = List.of("event.proof", "erased.proof", "history.proof");

    @Test
    void theKeptStoreIsWholeAndItsIndexCounts() throws IOException {
        BytesDisk disk = KeptEngineStore.disk(KeptEngineStore.kept());
        assertThat(DamageJudge.verify(disk)).isEmpty();
        try (SavedIndex index = SavedIndex.in(disk)) {
            assertThat(index.damage()).isEmpty();
            assertThat(index.mark().orElseThrow().position()).isEqualTo(KeptEngineStore.EVENTS);
        }
    }

    @Test
    void theKeptStoreAnswersAsItDid() throws IOException {
        try (EmbeddedEventStore store = KeptEngineStore.openReadOnly(KeptEngineStore.disk(KeptEngineStore.kept()))) {
            assertAnswers(store);
        }
    }

    /** The same from the log alone: it has all that the index and what is remembered of the tree have. */
    @Test
    void theKeptLogAloneAnswersAsItDid() throws IOException {
        Map<String, byte[]> log = new TreeMap<>(KeptEngineStore.kept());
        assertThat(log.keySet().removeIf(it -> it.contains("/"))).isTrue();
        try (EmbeddedEventStore store = KeptEngineStore.openReadOnly(KeptEngineStore.disk(log))) {
            assertAnswers(store);
        }
    }

    @Test
    void theKeptStoreIsWrittenOn() throws IOException {
        BytesDisk disk = KeptEngineStore.disk(KeptEngineStore.kept());
        try (EmbeddedEventStore store = KeptEngineStore.open(disk)) {
            assertAnswers(store);
            assertThat(store.append(Append.to("deleted-1").of(KeptEngineStore.event(100))).revisions())
                    .as("a deleted stream goes on where it was")
                    .containsEntry("deleted-1", 14L);
            assertThatThrownBy(() -> store.append(Append.to("buried-1").of(KeptEngineStore.event(101))))
                    .isInstanceOf(StoreException.class);
        }
        assertThat(DamageJudge.verify(disk)).isEmpty();
    }

    @Test
    void theKeptProofsHold() throws IOException {
        assertThat(proof("event.proof")).isInstanceOfSatisfying(InclusionProof.class,
                it -> assertThat(it.position()).isEqualTo(71));
        assertThat(proof("erased.proof")).isInstanceOfSatisfying(InclusionProof.class,
                it -> assertThat(it.event()).as("what was erased").isEmpty());
        assertThat(proof("history.proof")).isInstanceOfSatisfying(ConsistencyProof.class, it -> {
            assertThat(it.old().size()).isEqualTo(70);
            assertThat(it.root().size()).isEqualTo(KeptEngineStore.EVENTS);
        });
    }

    private static Proof proof(String name) throws IOException {
        Proof proof = Proof.parse(text(name));
        proof.check(KeptEngineStore.KEYS);
        return proof;
    }

    private static String text(String name) throws IOException {
        return new String(KeptEngineStore.kept(name), StandardCharsets.US_ASCII);
    }

    /** All files but the lock. What is not the same each time is left out of this life: see the comment there. */
    @Test
    void theFilesAreWrittenAsTheyWereKept() throws IOException {
        Map<String, byte[]> written = KeptEngineStore.write();
        Map<String, byte[]> kept = KeptEngineStore.kept();
        assertThat(written.keySet()).isEqualTo(kept.keySet());
        kept.forEach((name, bytes) -> assertThat(written.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void theProofsAreWrittenAsTheyWereKept() throws IOException {
        try (EmbeddedEventStore store = KeptEngineStore.openReadOnly(KeptEngineStore.disk(KeptEngineStore.kept()))) {
            Map<String, String> proofs = KeptEngineStore.proofs(store, KeptEngineStore.firstRoot());
            assertThat(proofs.keySet()).containsExactlyInAnyOrderElementsOf(PROOFS);
            for (String name : PROOFS) {
                assertThat(proofs.get(name)).as(name).isEqualTo(text(name));
            }
        }
    }

    private static void assertAnswers(EmbeddedEventStore store) {
        assertThat(store.head()).isEqualTo(KeptEngineStore.EVENTS);
        List<Integer> there = IntStream.rangeClosed(1, KeptEngineStore.EVENTS)
                .filter(KeptEngineStoreTest::isThere)
                .boxed()
                .toList();
        try (Reading reading = store.read(Read.all())) {
            List<RecordedEvent> events = reading.toList();
            assertThat(events.stream().map(it -> (int) it.position()).toList()).isEqualTo(there);
            events.forEach(KeptEngineStoreTest::assertEvent);
        }
        for (int i = 0; i < 4; i++) {
            int number = i;
            assertFound(store, Query.tag("tag:" + i), it -> it % 4 == number, there);
            assertFound(store, Query.type("Type" + i), it -> it % 3 == number, there);
        }
        assertFound(store, Query.tag("even:yes"), KeptEngineStoreTest::isTaggedLater, there);
        assertFound(store, Query.category("plain"), it -> KeptEngineStore.stream(it).equals("plain-1"), there);
        assertThat(store.proofs().sealedRoot().orElseThrow().size()).isEqualTo(KeptEngineStore.EVENTS);
        store.proofs().sealedRoot().orElseThrow().check(KeptEngineStore.KEYS);
        for (int position = 1; position <= KeptEngineStore.EVENTS; position++) {
            InclusionProof proof = store.proofs().proveInclusion(position);
            proof.check(KeptEngineStore.KEYS);
            assertThat(proof.event().isPresent()).as("position %d", position).isEqualTo(isThere(position));
        }
    }

    private static void assertFound(EmbeddedEventStore store, Query query, Predicate<Integer> which,
            List<Integer> there) {
        try (Reading reading = store.read(Read.of(query))) {
            List<Integer> found = new ArrayList<>();
            reading.forEachRemaining(it -> found.add((int) it.position()));
            assertThat(found).as(query.toString()).isEqualTo(there.stream().filter(which).toList());
        }
    }

    private static void assertEvent(RecordedEvent event) {
        int position = (int) event.position();
        Event written = KeptEngineStore.event(position);
        Set<String> tags = new TreeSet<>(written.tags());
        if (isTaggedLater(position)) {
            tags.add("even:yes");
        }
        assertThat(event.event()).isEqualTo(written.withTags(tags));
        assertThat(event.stream()).isEqualTo(KeptEngineStore.stream(position));
        assertThat(event.revision()).isEqualTo(revision(position));
        assertThat(event.time()).hasToString("2026-01-02T03:04:05.000006Z");
    }

    private static boolean isTaggedLater(int position) {
        return position <= 70 && position % 10 == 6;
    }

    private static long revision(int position) {
        return position <= 70 ? (position - 1) / 5 : position - 57;
    }

    /** Each stream has 14 events of the first 70: one was truncated before its fourth, of one the last two are kept, two are gone. */
    private static boolean isThere(int position) {
        return switch (KeptEngineStore.stream(position)) {
            case "plain-1" -> true;
            case "truncated-1" -> revision(position) >= 3;
            case "counted-1" -> revision(position) >= 12;
            default -> false;
        };
    }
}
