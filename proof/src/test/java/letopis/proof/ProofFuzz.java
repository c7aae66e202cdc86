package letopis.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A fuzz target: takes bytes as the text of a proof, as a list of changes to the text of a right one, as a sealed root, and as a
 * key. Each is read or refused, with {@link InvalidProofException} alone; what is read is written to a text that is read to the same,
 * and proves something only if it is what was proved. Found by Jazzer by the name of its method.
 */
public final class ProofFuzz {
    private static final UUID STORE = UUID.fromString("6c65746f-7069-4973-a5f1-6c6574207465");
    private static final SigningKey KEY = SigningKey.generate();
    private static final List<VerifyingKey> KEYS = List.of(KEY.verifyingKey());
    private static final int SIZE = 13;
    private static final List<Hash> LEAVES = Leaves.numbered(SIZE);
    private static final HashTree TREE = Leaves.tree(LEAVES);
    private static final List<Proof> RIGHT = List.of(
            InclusionProof.of(6, Octets.of(Leaves.entry(5)), TREE.inclusion(5, SIZE), root(SIZE)),
            InclusionProof.ofErased(6, LEAVES.get(5), TREE.inclusion(5, SIZE), root(SIZE)),
            new ConsistencyProof(root(6), TREE.consistency(6, SIZE), root(SIZE)));
    private static final List<String> WORDS = List.of("", "[", "]", "{", "}", ",", ":", "\"", "0", "-1", "7", "13",
            "9223372036854775807", "-9223372036854775808", "9223372036854775808", "[]", "\"\"", "null", "size 14",
            "time ",
            "\"path\": [],", "\"position\": 1,", "\"leaf\": \"\",", "\n", "\\u0000", "é");

    private ProofFuzz() {}

    private static SealedRoot root(int size) {
        return SealedRoot.sign(STORE, size, TREE.root(size), 1_767_323_045_000_006L + size, KEY);
    }

    /** One trial. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        proof(text);
        proof(changed(data));
        root(text);
        root(RIGHT.getFirst().root().text().substring(0, data.length % 300) + text);
        path(data);
        key(data);
    }

    private static void proof(String text) {
        Proof proof;
        try {
            proof = Proof.parse(text);
        } catch (InvalidProofException e) {
            requireReason(e);
            return;
        }
        require(Proof.parse(proof.text()).equals(proof), "a proof became another one when it was written");
        try {
            proof.check(KEYS);
            require(RIGHT.contains(proof), "something was proved that nobody has proved");
        } catch (InvalidProofException e) {
            requireReason(e);
        }
    }

    /** A right proof, with pieces of its text replaced: three bytes each say where, how many characters, and by what. */
    private static String changed(byte[] data) {
        StringBuilder text = new StringBuilder(RIGHT.get(data.length % RIGHT.size()).text());
        for (int at = 0; at + 2 < data.length; at += 3) {
            int from = (data[at] & 0xff) * text.length() / 256;
            int to = Math.min(text.length(), from + (data[at + 1] & 0x0f));
            text.replace(from, to, WORDS.get((data[at + 2] & 0xff) % WORDS.size()));
        }
        return text.toString();
    }

    private static void root(String text) {
        try {
            SealedRoot root = SealedRoot.parse(text);
            require(SealedRoot.parse(root.text()).equals(root) && !root.time().toString().isEmpty(),
                    "a root became another one");
            require(!root.isSignedBy(KEYS) || root.size() == SIZE, "a root that nobody has signed");
        } catch (InvalidProofException e) {
            requireReason(e);
        }
    }

    /** Sizes and paths of any length: the check ends, and does not believe them. */
    private static void path(byte[] data) {
        if (data.length < 24) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(data);
        long one = in.getLong() >> (in.get() & 63);
        long other = in.getLong() >> (in.get() & 63);
        List<Hash> path = LEAVES.subList(0, in.get() & 7);
        try {
            require(!TreeProof.inclusionRoot(LEAVES.getFirst(), one, other, path).equals(root(SIZE).root()),
                    "a path to the root");
        } catch (InvalidProofException e) {
            requireReason(e);
        }
        try {
            require(TreeProof.consistencyRoots(one, LEAVES.getFirst(), other, path).old() != null, "roots");
        } catch (InvalidProofException e) {
            requireReason(e);
        }
    }

    /** The bytes as a key, and in the place of those of a right one. */
    private static void key(byte[] data) {
        byte[] der = Pem.decode(Pem.PUBLIC, KEY.pem()).orElseThrow();
        byte[] other = der.clone();
        System.arraycopy(data, 0, other, other.length - Math.min(32, data.length), Math.min(32, data.length));
        for (byte[] bytes : List.of(data, other)) {
            try {
                VerifyingKey key = VerifyingKey.ofPem(Pem.encode(Pem.PUBLIC, bytes));
                byte[] signature = Arrays.copyOf(data, SealedRoot.SIGNATURE_BYTES);
                require(!key.verifies(der, Octets.of(signature)) || Arrays.equals(bytes, der) || isSmall(signature),
                        "verified");
                require(VerifyingKey.ofPem(key.pem()).equals(key), "a key became another one");
            } catch (InvalidProofException e) {
                requireReason(e);
            }
        }
        try {
            require(!SigningKey.ofPem(Pem.encode(Pem.PRIVATE, data)).verifyingKey().equals(KEYS.getFirst()), "our key");
        } catch (InvalidProofException e) {
            requireReason(e);
        }
    }

    /** A key of whoever wrote it may be so weak that a signature by nobody fits: that is no error of ours. */
    private static boolean isSmall(byte[] signature) {
        int zeros = 0;
        for (byte one : signature) {
            zeros += one == 0 ? 1 : 0;
        }
        return zeros > 30;
    }

    private static void requireReason(InvalidProofException e) {
        require(e.getMessage() != null && !e.getMessage().isBlank(), "a refusal without a reason");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
