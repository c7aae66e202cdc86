package letopis.proof;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The root of a store's tree when it had so many events, signed: stands for all of them, in their order. Its text is seven
 * lines, each with an end of line of one byte, {@code \n}:
 *
 * <pre>
 * letopis sealed root 1
 * store 6c65746f-7069-4973-a5f1-6c6574207465
 * size 8
 * root 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
 * time 1767323045000006
 * key 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 * signature …
 * </pre>
 *
 * The signature (Ed25519, in Base64) is that of the bytes of the six lines before it, ends of line included.
 *
 * @param store      which store
 * @param size       of how many events; at least 1
 * @param root       the root of the tree over them
 * @param timeMicros when it was signed, in microseconds since 1970, by the clock of the store
 * @param key        the {@linkplain VerifyingKey#id id} of the key
 * @param signature  64 bytes
 */
public record SealedRoot(UUID store, long size, Hash root, long timeMicros, Hash key, Octets signature) {
    /** How many bytes a signature has. */
    public static final int SIGNATURE_BYTES = 64;

    private static final String TITLE = "letopis sealed root 1";
    private static final List<String> NAMES = List.of("store", "size", "root", "time", "key", "signature");

    /** @throws InvalidProofException if it cannot be one, whoever has signed it */
    public SealedRoot {
        if (size < 1) {
            throw new InvalidProofException("a root over " + size + " events is none");
        }
        if (signature.length() != SIGNATURE_BYTES) {
            throw new InvalidProofException("a signature has 64 bytes, not " + signature.length());
        }
    }

    /** Signs a root. */
    public static SealedRoot sign(UUID store, long size, Hash root, long timeMicros, SigningKey key) {
        Hash keyId = key.verifyingKey().id();
        String signed = signedText(store, size, root, timeMicros, keyId);
        return new SealedRoot(store, size, root, timeMicros, keyId, key.sign(bytes(signed)));
    }

    /** When it was signed, by the clock of the store. */
    public Instant time() {
        return Instant.EPOCH.plus(timeMicros, ChronoUnit.MICROS);
    }

    /** Whether one of these keys has signed it. */
    public boolean isSignedBy(Collection<VerifyingKey> keys) {
        Optional<VerifyingKey> signer = keys.stream().filter(it -> it.id().equals(key)).findAny();
        return signer.isPresent()
                && signer.get().verifies(bytes(signedText(store, size, root, timeMicros, key)), signature);
    }

    /** @throws InvalidProofException if none of these keys has signed it */
    public void check(Collection<VerifyingKey> keys) {
        if (keys.stream().noneMatch(it -> it.id().equals(key))) {
            throw new InvalidProofException("the root is signed with another key, " + key);
        }
        if (!isSignedBy(keys)) {
            throw new InvalidProofException("the signature of the root over " + size + " events is wrong");
        }
    }

    /** The root as text, as {@link #parse} reads it. */
    public String text() {
        return signedText(store, size, root, timeMicros, key) + "signature " + signature.base64() + "\n";
    }

    /**
     * The root that a text is. Whether it is signed is not looked at.
     *
     * @throws InvalidProofException if it is none
     */
    public static SealedRoot parse(String text) {
        if (!text.endsWith("\n")) {
            throw new InvalidProofException("a sealed root ends with an end of line");
        }
        return ofLines(List.of(text.substring(0, text.length() - 1).split("\n", -1)));
    }

    /** The lines of the text. */
    List<String> lines() {
        return text().lines().toList();
    }

    static SealedRoot ofLines(List<String> lines) {
        if (lines.size() != NAMES.size() + 1 || !lines.getFirst().equals(TITLE)) {
            throw new InvalidProofException("a sealed root is seven lines and begins with \"" + TITLE + "\"");
        }
        String[] values = new String[NAMES.size()];
        for (int i = 0; i < values.length; i++) {
            String begin = NAMES.get(i) + " ";
            String line = lines.get(i + 1);
            if (!line.startsWith(begin)) {
                throw new InvalidProofException("line " + (i + 2) + " of a sealed root begins with \"" + begin
                        + "\", not " + InvalidProofException.shown(line));
            }
            values[i] = line.substring(begin.length());
        }
        return new SealedRoot(storeId(values[0]), number(values[1]), Hash.ofHex(values[2]), number(values[3]),
                Hash.ofHex(values[4]), Octets.ofBase64(values[5]));
    }

    private static UUID storeId(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new InvalidProofException("not the id of a store: " + InvalidProofException.shown(text));
    }

    private static long number(String text) {
        try {
            long number = Long.parseLong(text);
            if (Long.toString(number).equals(text)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new InvalidProofException("not a number: " + InvalidProofException.shown(text));
    }

    private static String signedText(UUID store, long size, Hash root, long timeMicros, Hash key) {
        return TITLE + "\nstore " + store + "\nsize " + size + "\nroot " + root + "\ntime " + timeMicros + "\nkey "
                + key + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
