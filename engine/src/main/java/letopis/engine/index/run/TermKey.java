package letopis.engine.index.run;

import java.util.UUID;

import letopis.engine.record.Name;

/** A term to be looked up: its hash is computed once for all parts that are asked. */
public record TermKey(TermKind kind, Name name, long hash) {
    /** @param seed {@link #seed} of the store */
    public static TermKey of(long seed, TermKind kind, Name name) {
        return new TermKey(kind, name, TermHash.of(seed, kind, name.utf8(), 0, name.utf8().length));
    }

    /** What makes the hashes of one store differ from those of another. */
    public static long seed(UUID storeId) {
        return TermHash
                .mixed(storeId.getMostSignificantBits() ^ Long.rotateLeft(storeId.getLeastSignificantBits(), 32));
    }

    byte[] bytes() {
        return name.utf8();
    }
}
