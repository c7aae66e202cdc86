package letopis.engine.seal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import letopis.engine.record.MalformedRecordException;
import letopis.proof.Frontier;
import letopis.proof.Hash;
import letopis.proof.InvalidProofException;
import letopis.proof.Octets;
import letopis.proof.SealedRoot;
import letopis.proof.TreeHasher;

/**
 * The payload of a record that is a seal; numbers are little-endian:
 *
 * <pre>
 *    0      1      9               17     49       81          145
 *    | form | size | time (micros) | root | key id | signature | frontier …
 *      1      8      8               32     32       64          32 for each bit of the size that is 1
 *
 *    form: 1
 * </pre>
 *
 * What is signed is the text of the {@link SealedRoot}. The frontier ({@link Frontier#hashes}), with which the tree is gone on
 * with, needs no signature: it gives the root, or it is not believed.
 */
record SealRecord(SealedRoot root, List<Hash> frontier) {
    private static final byte FORM = 1;
    private static final int FRONTIER_AT = 145;

    SealRecord {
        frontier = List.copyOf(frontier);
    }

    byte[] encode() {
        ByteBuffer payload = ByteBuffer.allocate(FRONTIER_AT + frontier.size() * Hash.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(FORM)
                .putLong(root.size())
                .putLong(root.timeMicros())
                .put(root.root().toArray())
                .put(root.key().toArray())
                .put(root.signature().toArray());
        frontier.forEach(hash -> payload.put(hash.toArray()));
        return payload.array();
    }

    /** @throws MalformedRecordException if the payload is no seal, or its frontier does not give its root */
    static SealRecord decode(UUID store, ByteBuffer payload) throws MalformedRecordException {
        ByteBuffer in = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < FRONTIER_AT || in.get() != FORM) {
            throw new MalformedRecordException("a seal of " + payload.remaining() + " bytes is of no known form");
        }
        long size = in.getLong();
        long time = in.getLong();
        Hash root = hash(in);
        Hash key = hash(in);
        byte[] signature = new byte[SealedRoot.SIGNATURE_BYTES];
        in.get(signature);
        if (size < 1 || in.remaining() != Long.bitCount(size) * Hash.BYTES) {
            throw new MalformedRecordException("a seal of " + size + " events has a frontier of " + in.remaining()
                    + " bytes");
        }
        List<Hash> hashes = new ArrayList<>();
        while (in.hasRemaining()) {
            hashes.add(hash(in));
        }
        Frontier frontier = new Frontier(new TreeHasher());
        frontier.restore(size, hashes);
        if (!frontier.root().equals(root)) {
            throw new MalformedRecordException("the frontier of a seal does not give its root");
        }
        try {
            return new SealRecord(new SealedRoot(store, size, root, time, key, Octets.of(signature)), hashes);
        } catch (InvalidProofException e) {
            throw new MalformedRecordException(String.valueOf(e.getMessage()));
        }
    }

    private static Hash hash(ByteBuffer in) {
        byte[] bytes = new byte[Hash.BYTES];
        in.get(bytes);
        return Hash.of(bytes, 0);
    }
}
