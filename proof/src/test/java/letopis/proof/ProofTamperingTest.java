package letopis.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A proof in which anything was changed proves nothing; and the tests of that find a verifier that is too trusting. */
class ProofTamperingTest {
    private static final UUID STORE = UUID.fromString("6c65746f-7069-4973-a5f1-6c6574207465");
    private static final SigningKey KEY = SigningKey.generate();
    private static final List<VerifyingKey> KEYS = List.of(KEY.verifyingKey());
    private static final List<Hash> LEAVES = Leaves.numbered(13);
    private static final HashTree TREE = Leaves.tree(LEAVES);
    private static final SealedRoot ROOT = root(13);
    private static final InclusionProof INCLUSION = InclusionProof.of(6, Octets.of(Leaves.entry(5)),
            TREE.inclusion(5, 13), ROOT);
    private static final InclusionProof ERASED = InclusionProof.ofErased(6, LEAVES.get(5), TREE.inclusion(5, 13), ROOT);
    private static final ConsistencyProof CONSISTENCY = new ConsistencyProof(root(6), TREE.consistency(6, 13), ROOT);

    /** How a proof is checked: throws if it proves nothing. */
    private interface Verifier {
        void check(Proof proof);
    }

    private static final Verifier OURS = proof -> proof.check(KEYS);

    private static SealedRoot root(int size) {
        return SealedRoot.sign(STORE, size, TREE.root(size), 1_767_323_045_000_006L + size, KEY);
    }

    @Test
    void proofsAreBelievedAfterTheyWereWrittenAndReadAgain() {
        for (Proof proof : List.of(INCLUSION, ERASED, CONSISTENCY)) {
            assertThat(Proof.parse(proof.text())).isEqualTo(proof);
            proof.check(KEYS);
            Proof.parse(proof.text().replace("\n", "\r\n").replace("  ", "\t")).check(KEYS);
        }
    }

    @Test
    void everyBitOfAProofCounts() {
        for (Proof proof : List.of(INCLUSION, ERASED, CONSISTENCY)) {
            assertThat(bitsThatDoNotCount(proof, OURS)).isEmpty();
        }
    }

    @Test
    void aVerifierThatDoesNotCheckTheSignatureIsCaught() {
        Verifier planted = proof -> {
            if (proof instanceof InclusionProof it && !TreeProof
                    .inclusionRoot(it.leaf(), it.position() - 1, it.root().size(), it.path())
                    .equals(it.root().root())) {
                throw new InvalidProofException("planted");
            }
        };

        assertThat(bitsThatDoNotCount(INCLUSION, planted)).isNotEmpty();
    }

    @Test
    void aVerifierThatDoesNotFollowThePathIsCaught() {
        Verifier planted = proof -> proof.root().check(KEYS);

        assertThat(bitsThatDoNotCount(INCLUSION, planted)).isNotEmpty();
        assertThat(bitsThatDoNotCount(CONSISTENCY, planted)).isNotEmpty();
    }

    @Test
    void everyCutAndEveryMissingLineIsRefused() {
        for (Proof proof : List.of(INCLUSION, ERASED, CONSISTENCY)) {
            String text = proof.text();
            for (int length = 0; length < text.length() - 1; length++) {
                assertThat(isBelieved(text.substring(0, length), OURS)).as("cut to %d characters", length).isFalse();
            }
            List<String> lines = text.lines().toList();
            for (int line = 0; line < lines.size(); line++) {
                List<String> fewer = new ArrayList<>(lines);
                String missing = fewer.remove(line);
                assertThat(isBelieved(String.join("\n", fewer), OURS)).as("without %s", missing).isFalse();
                List<String> more = new ArrayList<>(lines);
                more.add(line, missing);
                assertThat(isBelieved(String.join("\n", more), OURS)).as("twice %s", missing).isFalse();
            }
        }
    }

    @Test
    void nothingIsSaidBesideWhatIsProved() {
        String more = INCLUSION.text().replace("\"version\": 1,", "\"version\": 1, \"paid\": 1,");

        assertThatThrownBy(() -> Proof.parse(more)).isInstanceOf(InvalidProofException.class)
                .hasMessageContaining("paid");
    }

    @Test
    void aProofIsOnlyWorthTheKeyItIsCheckedWith() {
        VerifyingKey other = SigningKey.generate().verifyingKey();

        assertThatThrownBy(() -> INCLUSION.check(List.of(other))).isInstanceOf(InvalidProofException.class)
                .hasMessageContaining("another key");
        assertThatThrownBy(() -> CONSISTENCY.check(List.of())).isInstanceOf(InvalidProofException.class);
        INCLUSION.check(List.of(other, KEY.verifyingKey()));
    }

    @Test
    void aRootThatAStrangerSignedInOurNameIsRefused() {
        SealedRoot forged = SealedRoot.sign(STORE, 13, TREE.root(13), 1, SigningKey.generate());
        SealedRoot inOurName = new SealedRoot(STORE, 13, forged.root(), 1, KEYS.getFirst().id(), forged.signature());

        assertThatThrownBy(() -> inOurName.check(KEYS)).isInstanceOf(InvalidProofException.class)
                .hasMessageContaining("signature");
    }

    @Test
    void rootsOfTwoStoresAreNotConsistent() {
        SealedRoot foreign = SealedRoot.sign(UUID.randomUUID(), 6, TREE.root(6), 1, KEY);

        assertThatThrownBy(() -> new ConsistencyProof(foreign, CONSISTENCY.path(), ROOT).check(KEYS))
                .isInstanceOf(InvalidProofException.class)
                .hasMessageContaining("two stores");
    }

    @Test
    void aHistoryThatWasChangedIsNotConsistent() {
        List<Hash> changed = new ArrayList<>(LEAVES);
        changed.set(2, new TreeHasher().leaf(Leaves.entry(99)));
        HashTree tree = Leaves.tree(changed);
        SealedRoot root = SealedRoot.sign(STORE, 13, tree.root(13), 2, KEY);

        for (int old = 3; old < 13; old++) {
            ConsistencyProof proof = new ConsistencyProof(root(old), tree.consistency(old, 13), root);
            assertThatThrownBy(() -> proof.check(KEYS)).isInstanceOf(InvalidProofException.class);
        }
        new ConsistencyProof(root(2), tree.consistency(2, 13), root).check(KEYS);
    }

    @Test
    void aNodeIsNotShownAsAnEvent() {
        byte[] node = new byte[1 + 2 * Hash.BYTES];
        node[0] = 1;
        LEAVES.get(4).putInto(node, 1);
        LEAVES.get(5).putInto(node, 1 + Hash.BYTES);
        List<Hash> path = TREE.inclusion(5, 13);
        InclusionProof proof = InclusionProof.of(3, Octets.of(node), path.subList(1, path.size()), ROOT);

        assertThatThrownBy(() -> proof.check(KEYS)).isInstanceOf(InvalidProofException.class);
    }

    /** The places where a single bit could be another one, and the verifier would still believe the proof. */
    private static List<String> bitsThatDoNotCount(Proof proof, Verifier verifier) {
        byte[] text = proof.text().getBytes(StandardCharsets.ISO_8859_1);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 8 * text.length; i++) {
            byte[] changed = text.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            if (isBelieved(new String(changed, StandardCharsets.ISO_8859_1), verifier)) {
                found.add("bit " + i % 8 + " of byte " + i / 8);
            }
        }
        return found;
    }

    private static boolean isBelieved(String text, Verifier verifier) {
        try {
            verifier.check(Proof.parse(text));
            return true;
        } catch (InvalidProofException _) {
            return false;
        }
    }
}
