package letopis.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import letopis.proof.ConsistencyProof;
import letopis.proof.InclusionProof;
import letopis.proof.InvalidProofException;
import letopis.proof.Proof;
import letopis.proof.SealedRoot;
import letopis.proof.SigningKey;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A store that is sealed, and what it proves. */
class TamperEvidenceTest {
    @TempDir
    Path temporary;

    private Path directory;
    private SealedStore sealed;

    @BeforeEach
    void names() {
        directory = temporary.resolve("store");
        sealed = new SealedStore(directory);
    }

    @Test
    void everyEventIsProvedAndCheckedWithoutTheStore() {
        SealedRoot root = sealed.session(200);
        List<RecordedEvent> events = all();

        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            for (int position = 1; position <= 200; position++) {
                InclusionProof proof = store.proofs().proveInclusion(position);
                Proof read = Proof.parse(proof.text());

                read.check(SealedStore.KEYS);
                assertThat(read).isEqualTo(proof);
                assertThat(proof.root()).isEqualTo(root);
                assertThat(ProvenEvent.of(proof)).isEqualTo(events.get(position - 1));
            }
        }
    }

    @Test
    void everyOlderRootIsTheBeginningOfTheNewest() {
        List<SealedRoot> roots = new ArrayList<>();
        for (int session = 1; session <= 9; session++) {
            roots.add(sealed.session(session * 7));
        }

        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            for (SealedRoot old : roots) {
                ConsistencyProof proof = store.proofs().proveConsistency(old);

                Proof.parse(proof.text()).check(SealedStore.KEYS);
                assertThat(proof.old()).isEqualTo(old);
                assertThat(proof.root()).isEqualTo(roots.getLast());
            }
        }
        assertThat(sealed.audit(roots.toArray(SealedRoot[]::new)).tampered()).isEmpty();
    }

    @Test
    void whatIsNotSealedIsNotProved() {
        sealed.session(10);
        try (EmbeddedEventStore store = sealed.open()) {
            SealedStore.append(store, 5);

            store.proofs().proveInclusion(10).check(SealedStore.KEYS);
            assertThatThrownBy(() -> store.proofs().proveInclusion(11)).isInstanceOf(NotSealedException.class)
                    .hasMessageContaining("not sealed yet")
                    .satisfies(it -> assertThat(((NotSealedException) it).sealed()).isEqualTo(10));
            assertThatThrownBy(() -> store.proofs().proveInclusion(0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aStoreWithoutSealsSaysSo() {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            SealedStore.append(store, 3);

            assertThat(store.proofs().sealedRoot()).isEmpty();
            assertThatThrownBy(() -> store.proofs().proveInclusion(1)).isInstanceOf(NotSealedException.class);
        }
        assertThat(directory.resolve("proof")).doesNotExist();
        assertThat(sealed.audit().tampered()).singleElement()
                .satisfies(it -> assertThat(it.what()).contains("no seal of this key"));
    }

    @Test
    void proofsOutliveWhatWasScavenged() {
        SealedRoot root = sealed.session(60);
        RecordedEvent gone = all().get(7);
        try (EmbeddedEventStore store = sealed.open()) {
            store.forget(Forget.delete(gone.stream()));
            store.scavenge(ScavengeProgress.NONE);
        }

        assertThat(all()).doesNotContain(gone);
        AuditReport report = sealed.audit(root);
        assertThat(report.tampered()).isEmpty();
        assertThat(report.erased()).isPositive();
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            InclusionProof proof = store.proofs().proveInclusion(gone.position());
            Proof.parse(proof.text()).check(SealedStore.KEYS);
        }
    }

    @Test
    void theRootOfAnotherStoreIsRefused() {
        sealed.session(3);
        Path other = temporary.resolve("other");
        SealedRoot foreign = new SealedStore(other).session(3);

        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            assertThatThrownBy(() -> store.proofs().proveConsistency(foreign))
                    .isInstanceOf(InvalidProofException.class);
        }
        assertThatThrownBy(() -> sealed.audit(foreign)).isInstanceOf(InvalidProofException.class)
                .hasMessageContaining("is of the store");
    }

    @Test
    void switchedOnLaterItSealsFromTheFirstEventOn() {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            SealedStore.append(store, 150);
        }

        SealedRoot root = sealed.session(1);

        assertThat(root.size()).isEqualTo(151);
        assertThat(sealed.audit(root).tampered()).isEmpty();
        proveAll(151);
    }

    @Test
    void switchedOffForATimeItGoesOnBehindTheNewestSeal() {
        sealed.session(70);
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            SealedStore.append(store, 70);
        }

        assertThat(sealed.session(1).size()).isEqualTo(141);
        assertThat(sealed.audit().tampered()).isEmpty();
        proveAll(141);
    }

    @Test
    void anOpeningWithoutNewEventsSealsNothing() {
        SealedRoot root = sealed.session(10);

        assertThat(sealed.session(0)).isEqualTo(root);
        assertThat(sealed.audit().seals()).isEqualTo(1);
    }

    @Test
    void eventsThatWereNotSealedWhenTheProcessEndedAreSealedByTheNext() throws IOException {
        SealedRoot before = sealed.session(70);
        Path crashed = temporary.resolve("crashed");
        try (EmbeddedEventStore store = sealed.open()) {
            SealedStore.append(store, 75);
            SealedStore.copy(directory, crashed);
        }
        Files.deleteIfExists(crashed.resolve("letopis.published"));
        SealedStore next = new SealedStore(crashed);

        assertThat(next.audit(before).sealedRoot()).contains(before);
        assertThat(next.session(5).size()).isEqualTo(150);
        assertThat(next.audit(before).tampered()).isEmpty();
    }

    @Test
    void whatIsRememberedOfTheTreeMayBeLostOrWrong() throws IOException {
        SealedRoot first = sealed.session(300);
        for (String name : List.of("seals", "chunks")) {
            Path file = directory.resolve("proof").resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            for (byte[] wrong : List.of(new byte[0], new byte[bytes.length], flipped(bytes, 1), flipped(bytes, 70),
                    flipped(bytes, bytes.length - 5))) {
                Files.write(file, wrong);

                proveAll(300);
            }
            Files.delete(file);
            proveAll(300);
            assertThat(sealed.session(0)).isEqualTo(first);
        }
        sealed.forgetTheTree();
        SealedRoot second = sealed.session(1);
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            store.proofs().proveConsistency(first).check(SealedStore.KEYS);
        }
        assertThat(sealed.audit(first, second).tampered()).isEmpty();
    }

    @Test
    void sealsComeWhileAppendsAreUnderWay() {
        EngineOptions options = EngineOptions.DEFAULT.withSegmentBytes(64 << 10, 128 << 10)
                .withTamperEvidence(TamperEvidence.with(SealedStore.KEY).withSealEvery(100, Duration.ofHours(1)));
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, options)) {
            for (int round = 0; round < 10; round++) {
                List<CompletableFuture<?>> all = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    all.add(store
                            .submit(Append.to("account-" + i % 17).of(Event.of("Deposited", "{\"n\":" + i + "}"))));
                }
                all.forEach(CompletableFuture::join);
                Until.holds("all but the newest hundred are sealed",
                        () -> store.proofs().sealedRoot().map(SealedRoot::size).orElse(0L) > store.head() - 100);
            }
            SealedRoot root = store.proofs().sealedRoot().orElseThrow();
            store.proofs().proveInclusion(root.size()).check(SealedStore.KEYS);
        }

        AuditReport report = sealed.audit();
        assertThat(report.tampered()).isEmpty();
        assertThat(report.events()).isEqualTo(3000);
        assertThat(report.seals()).isBetween(10L, 31L);
        assertThat(report.sealedRoot().orElseThrow().size()).isEqualTo(3000);
    }

    @Test
    void aSealComesAfterAWhileWhenNothingElseHappens() {
        EngineOptions options = EngineOptions.DEFAULT
                .withTamperEvidence(
                        TamperEvidence.with(SealedStore.KEY).withSealEvery(1_000_000, Duration.ofMillis(100)));
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, options)) {
            SealedStore.append(store, 3);

            Until.holds("a seal over all", () -> store.proofs().sealedRoot().map(SealedRoot::size).orElse(0L) == 3);
        }
        assertThat(sealed.audit().seals()).isLessThanOrEqualTo(3);
    }

    @Test
    void anotherKeyGoesOnFromTheSealsOfTheFormerOne() {
        SealedRoot old = sealed.session(20);
        SigningKey next = SigningKey.generate();
        EngineOptions options = EngineOptions.DEFAULT
                .withTamperEvidence(TamperEvidence.with(next).withFormerKeys(SealedStore.KEYS));
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, options)) {
            SealedStore.append(store, 10);
        }

        AuditReport report = EmbeddedEventStore.audit(directory,
                List.of(next.verifyingKey(), SealedStore.KEY.verifyingKey()), List.of(old), VerifyProgress.NONE);
        assertThat(report.tampered()).isEmpty();
        assertThat(report.seals()).isEqualTo(2);
        assertThat(report.sealedRoot().orElseThrow().key()).isEqualTo(next.verifyingKey().id());
    }

    private void proveAll(int events) {
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            for (int position = 1; position <= events; position += position < 20 ? 1 : 13) {
                store.proofs().proveInclusion(position).check(SealedStore.KEYS);
            }
        }
    }

    private List<RecordedEvent> all() {
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory);
                Reading reading = store.read(Read.all())) {
            return reading.toList();
        }
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 4;
        return changed;
    }
}
