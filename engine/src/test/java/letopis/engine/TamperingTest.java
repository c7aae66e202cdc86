package letopis.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import letopis.engine.Forger.Forged;
import letopis.proof.SealedRoot;
import letopis.proof.SigningKey;
import letopis.proof.TreeHasher;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Somebody who can write all files and makes everything right again but the signatures ({@link Forger}): each of his changes is
 * found, by the public key or by a root that was kept elsewhere. {@code verify}, which trusts checksums, finds none of them.
 */
class TamperingTest {
    private static final byte FIRST_OF_A_TEXT = '{';

    @TempDir
    Path temporary;

    private Path directory;
    private SealedStore store;
    private SealedRoot newest;

    /** Four sessions of ten events; each ends with a seal. */
    @BeforeEach
    void makesAStore() {
        directory = temporary.resolve("store");
        store = new SealedStore(directory);
        for (int session = 0; session < 3; session++) {
            store.session(10);
        }
        newest = store.session(10);
    }

    @Test
    void aStoreThatNobodyTouchedIsSound() {
        AuditReport report = store.audit(newest);

        assertThat(report.tampered()).isEmpty();
        assertThat(report.events()).isEqualTo(40);
        assertThat(report.seals()).isEqualTo(4);
        assertThat(report.sealedRoot()).contains(newest);
        assertThat(newest.size()).isEqualTo(40);
    }

    /** What finds the forger's changes must not be the forger's own traces. */
    @Test
    void aRewriteThatChangesNothingIsNotFound() throws IOException {
        forge(_ -> {});
        forge(Forger::renumber);

        assertThat(store.audit(newest).tampered()).isEmpty();
    }

    @Test
    void anEditIsFound() throws IOException {
        forge(records -> edit(records, 25));

        assertIsFoundFrom(21, 30);
    }

    @Test
    void aDeletionIsFound() throws IOException {
        forge(records -> {
            records.remove(Forger.indexOf(records, 25));
            Forger.renumber(records);
        });

        assertIsFoundFrom(21, 30);
    }

    @Test
    void anInsertionIsFound() throws IOException {
        forge(records -> {
            int at = Forger.indexOf(records, 25);
            records.add(at, records.get(at));
            Forger.renumber(records);
        });

        assertIsFoundFrom(21, 30);
    }

    @Test
    void twoEventsThatChangedPlacesAreFound() throws IOException {
        forge(records -> {
            Collections.swap(records, Forger.indexOf(records, 25), Forger.indexOf(records, 26));
            Forger.renumber(records);
        });

        assertIsFoundFrom(21, 30);
    }

    @Test
    void anEarlierTimeIsFound() throws IOException {
        forge(records -> {
            int at = Forger.indexOf(records, 1);
            byte[] payload = records.get(at).payload().clone();
            payload[1]--;
            records.set(at, new Forged((byte) 1, payload));
        });

        assertIsFoundFrom(1, 10);
    }

    @Test
    void aCutTailIsFoundByARootThatWasKept() throws IOException {
        forge(records -> records.subList(Forger.indexOf(records, 26), records.size()).clear());

        assertThat(store.audit().tampered()).as("without a root that was kept nobody can know").isEmpty();
        assertThat(store.audit(newest).tampered()).singleElement().satisfies(it -> {
            assertThat(it.firstPosition()).isEqualTo(26);
            assertThat(it.what()).contains("cut off");
        });
    }

    @Test
    void aCutTailUnderItsOwnSealIsFound() throws IOException {
        forge(records -> records.removeIf(it -> it.isEvent() && records.indexOf(it) >= Forger.indexOf(records, 36)));

        assertThat(store.audit().tampered()).singleElement().satisfies(it -> {
            assertThat(it.firstPosition()).isEqualTo(36);
            assertThat(it.lastPosition()).isEqualTo(40);
        });
    }

    @Test
    void anOlderCopyIsFoundByARootThatWasKept() throws IOException {
        Path older = temporary.resolve("older");
        SealedStore.copy(directory, older);
        SealedRoot newer = store.session(5);
        SealedStore.delete(directory);
        SealedStore.copy(older, directory);

        assertThat(store.audit(newest).tampered()).isEmpty();
        assertThat(store.audit(newer).tampered()).singleElement()
                .satisfies(it -> assertThat(it.what()).contains("older copy"));
    }

    @Test
    void anOlderCopyThatWasWrittenOnIsFoundByARootThatWasKept() throws IOException {
        Path older = temporary.resolve("older");
        SealedStore.copy(directory, older);
        SealedRoot newer = store.session(5);
        SealedStore.delete(directory);
        SealedStore.copy(older, directory);
        store.session(3);
        store.session(10);

        assertThat(store.audit().tampered()).isEmpty();
        assertThat(store.audit(newer).tampered()).singleElement().satisfies(it -> {
            assertThat(it.firstPosition()).isEqualTo(44);
            assertThat(it.lastPosition()).isEqualTo(45);
        });
        try (EmbeddedEventStore open = EmbeddedEventStore.openReadOnly(directory)) {
            assertThatThrownBy(() -> open.proofs().proveConsistency(newer)).isInstanceOf(StoreDamagedException.class);
            open.proofs().proveConsistency(newest).check(SealedStore.KEYS);
        }
    }

    @Test
    void aStoreThatWasSealedAnewWithAnotherKeyIsFound() throws IOException {
        SigningKey other = SigningKey.generate();
        forge(records -> records.removeIf(Forged::isSeal));
        try (EmbeddedEventStore open = EmbeddedEventStore.open(directory,
                EngineOptions.DEFAULT.withTamperEvidence(TamperEvidence.with(other)))) {
            assertThat(open.head()).isEqualTo(40);
        }

        assertThat(EmbeddedEventStore.audit(directory, List.of(other.verifyingKey()), List.of(), VerifyProgress.NONE)
                .tampered()).isEmpty();
        assertThat(store.audit().tampered()).singleElement()
                .satisfies(it -> assertThat(it.what()).contains("no seal of this key"));
    }

    @Test
    void aSealThatTheKeyDidNotSignIsFound() throws IOException {
        forge(records -> {
            Forged last = records.getLast();
            byte[] payload = last.payload().clone();
            payload[100] ^= 1;
            records.set(records.size() - 1, new Forged(last.kind(), payload));
        });

        assertThat(store.audit().tampered()).singleElement()
                .satisfies(it -> assertThat(it.what()).contains("signature"));
    }

    @Test
    void aWriterDoesNotGoOnFromEventsThatWereNotSealed() throws IOException {
        forge(records -> {
            records.remove(Forger.indexOf(records, 25));
            Forger.renumber(records);
        });
        store.forgetTheTree();

        assertThatThrownBy(store::open).isInstanceOf(StoreDamagedException.class).hasMessageContaining("seal");
    }

    @Test
    void nothingIsProvedOfEventsThatWereNotSealed() throws IOException {
        forge(records -> edit(records, 25));

        try (EmbeddedEventStore open = EmbeddedEventStore.openReadOnly(directory)) {
            assertThatThrownBy(() -> open.proofs().proveInclusion(3)).isInstanceOf(StoreDamagedException.class);
        }
    }

    @Test
    void theFirstPositionIsToldWithinSixtyFour() throws IOException {
        SealedRoot root = store.session(300);
        forge(records -> edit(records, 200));

        assertThat(store.audit(root).tampered()).singleElement().satisfies(it -> {
            assertThat(it.firstPosition()).isEqualTo(193);
            assertThat(it.lastPosition()).isEqualTo(256);
        });
        store.forgetTheTree();
        assertThat(store.audit(root).tampered()).singleElement().satisfies(it -> {
            assertThat(it.firstPosition()).as("by the seals alone").isEqualTo(41);
            assertThat(it.lastPosition()).isEqualTo(256);
        });
    }

    @Test
    void whatIsErasedKeepsItsDigest() throws IOException {
        byte[][] secret = new byte[1][];
        try (EmbeddedEventStore open = store.open()) {
            open.append(Append.to("account-1").of(Event.of("Named", "{\"name\":\"" + "x".repeat(100) + "\"}")));
        }
        forge(records -> {
            int at = Forger.indexOf(records, 41);
            byte[] payload = records.get(at).payload();
            secret[0] = payload;
            byte[] erased = new byte[payload.length];
            new TreeHasher().leaf(payload).putInto(erased, 0);
            records.set(at, new Forged((byte) 3, erased));
        });

        AuditReport report = store.audit(newest);

        assertThat(report.tampered()).isEmpty();
        assertThat(report.erased()).isEqualTo(1);
        assertThat(secret[0]).contains(FIRST_OF_A_TEXT);
    }

    @Test
    void whatIsErasedWithAnotherDigestIsFound() throws IOException {
        forge(records -> {
            int at = Forger.indexOf(records, 25);
            records.set(at, new Forged((byte) 3, new byte[records.get(at).payload().length]));
        });

        assertIsFoundFrom(21, 30);
    }

    /** Another amount is deposited. */
    private static void edit(List<Forged> records, long position) {
        int at = Forger.indexOf(records, position);
        byte[] payload = records.get(at).payload().clone();
        payload[payload.length - 2] ^= 1;
        records.set(at, new Forged((byte) 1, payload));
    }

    private void forge(Consumer<List<Forged>> change) throws IOException {
        new Forger(directory).rewrite(change);
        assertThat(EmbeddedEventStore.verify(directory, VerifyProgress.NONE).faults())
                .filteredOn(it -> it.what().contains("checksum"))
                .as("the forger makes the checksums right again")
                .isEmpty();
    }

    private void assertIsFoundFrom(long first, long last) throws IOException {
        for (AuditReport report : List.of(store.audit(), store.audit(newest))) {
            assertThat(report.isSound()).isFalse();
            assertThat(report.tampered()).anySatisfy(it -> {
                assertThat(it.firstPosition()).isEqualTo(first);
                assertThat(it.lastPosition()).isEqualTo(last);
            });
        }
        store.forgetTheTree();
        assertThat(store.audit().tampered()).anySatisfy(it -> assertThat(it.firstPosition()).isEqualTo(first));
    }
}
