package letopis.proof;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The text of a proof: one JSON object. Hashes are 64 hexadecimal digits in lower case, a sealed root is the list of its lines.
 *
 * <pre>
 * {
 *   "letopis": "inclusion proof",          or "consistency proof"
 *   "version": 1,
 *   "position": 6,
 *   "event": "…",                          the payload in Base64; or "leaf": the hash, of an event that was erased
 *   "path": ["…", …],
 *   "root": ["letopis sealed root 1", …]   and of a consistency proof "old", instead of position and event
 * }
 * </pre>
 */
final class ProofText {
    private static final String INCLUSION = "inclusion proof";
    private static final String CONSISTENCY = "consistency proof";
    private static final long VERSION = 1;

    private ProofText() {}

    static String of(InclusionProof proof) {
        String event = proof.event()
                .map(it -> "  \"event\": \"" + it.base64() + "\",\n")
                .orElseGet(() -> "  \"leaf\": \"" + proof.leaf() + "\",\n");
        return begin(INCLUSION) + "  \"position\": " + proof.position() + ",\n" + event
                + end(proof.path(), proof.root());
    }

    static String of(ConsistencyProof proof) {
        return begin(CONSISTENCY) + list("old", proof.old().lines()) + ",\n" + end(proof.path(), proof.root());
    }

    private static String begin(String what) {
        return "{\n  \"letopis\": \"" + what + "\",\n  \"version\": " + VERSION + ",\n";
    }

    private static String end(List<Hash> path, SealedRoot root) {
        return list("path", path.stream().map(Hash::toString).toList()) + ",\n" + list("root", root.lines()) + "\n}\n";
    }

    private static String list(String name, List<String> values) {
        return values.isEmpty()
                ? "  \"" + name + "\": []"
                : values.stream()
                        .collect(Collectors.joining("\",\n    \"", "  \"" + name + "\": [\n    \"", "\"\n  ]"));
    }

    static Proof parse(String text) {
        Members members = new Members(new JsonReader(text).object());
        String what = members.text("letopis");
        long version = members.number("version");
        if (version != VERSION) {
            throw new InvalidProofException(
                    "a proof of version " + version + "; this Letopis knows version " + VERSION);
        }
        Proof proof = switch (what) {
            case INCLUSION -> inclusion(members);
            case CONSISTENCY -> new ConsistencyProof(SealedRoot.ofLines(members.texts("old")), path(members),
                    SealedRoot.ofLines(members.texts("root")));
            default -> throw new InvalidProofException("not a proof: " + InvalidProofException.shown(what));
        };
        members.end();
        return proof;
    }

    private static InclusionProof inclusion(Members members) {
        long position = members.number("position");
        return members.has("event")
                ? InclusionProof.of(position, Octets.ofBase64(members.text("event")), path(members),
                        SealedRoot.ofLines(members.texts("root")))
                : InclusionProof.ofErased(position, Hash.ofHex(members.text("leaf")), path(members),
                        SealedRoot.ofLines(members.texts("root")));
    }

    private static List<Hash> path(Members members) {
        return members.texts("path").stream().map(Hash::ofHex).toList();
    }

    /** The members of the object, each of which is taken once. */
    private record Members(Map<String, Object> left) {
        boolean has(String name) {
            return left.containsKey(name);
        }

        String text(String name) {
            return take(name, String.class, "a text");
        }

        long number(String name) {
            return take(name, Long.class, "a number");
        }

        @SuppressWarnings("unchecked") // the reader's lists are of texts
        List<String> texts(String name) {
            return take(name, List.class, "a list of texts");
        }

        private <T> T take(String name, Class<T> type, String form) {
            Object value = left.remove(name);
            if (!type.isInstance(value)) {
                throw new InvalidProofException("a proof has \"" + name + "\", " + form);
            }
            return type.cast(value);
        }

        /** Nothing is passed over that somebody may have thought to be proved. */
        void end() {
            if (!left.isEmpty()) {
                throw new InvalidProofException(
                        "a proof has no " + InvalidProofException.shown(left.keySet().iterator().next()));
            }
        }
    }
}
