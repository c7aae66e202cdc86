package letopis.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import letopis.engine.seal.SealOptions;
import letopis.proof.SigningKey;
import letopis.proof.VerifyingKey;

/**
 * How a store is made tamper-evident: its events are hashed into a tree, and the tree's root is signed and written into the log
 * from time to time, when the log goes on in another segment, and at closing. What that finds, and what it cannot, is in
 * {@code docs/tamper-evidence.md}.
 *
 * @param key         signs; keep it where those who can write the store's files cannot read it
 * @param formerKeys  the keys that signed before it: their seals are gone on from
 * @param everyEvents after so many events the root is signed
 * @param every       after so much time it is signed, if there are new events
 */
public record TamperEvidence(SigningKey key, List<VerifyingKey> formerKeys, int everyEvents, Duration every) {
    private static final int EVENTS = 16_384;
    private static final Duration TIME = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException if a number is out of its range */
    public TamperEvidence {
        formerKeys = List.copyOf(formerKeys);
        if (everyEvents < 1 || every.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "seals come after 1 event and 1 millisecond at least, not " + everyEvents + " and " + every);
        }
    }

    /** Seals with this key, every 16,384 events and every minute. */
    public static TamperEvidence with(SigningKey key) {
        return new TamperEvidence(key, List.of(), EVENTS, TIME);
    }

    /** The same, where other keys signed before this one. */
    public TamperEvidence withFormerKeys(List<VerifyingKey> keys) {
        return new TamperEvidence(key, keys, everyEvents, every);
    }

    /** The same, sealing after so many events, and so much time. */
    public TamperEvidence withSealEvery(int events, Duration time) {
        return new TamperEvidence(key, formerKeys, events, time);
    }

    SealOptions sealOptions(LongSupplier clockMicros) {
        List<VerifyingKey> trusted = new ArrayList<>(formerKeys);
        trusted.add(key.verifyingKey());
        return new SealOptions(key, trusted, everyEvents, TimeUnit.MILLISECONDS.toNanos(every.toMillis()), clockMicros);
    }
}
