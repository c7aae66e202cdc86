package letopis.engine.seal;

import java.util.List;
import java.util.function.LongSupplier;

import letopis.proof.SigningKey;
import letopis.proof.VerifyingKey;

/**
 * How a store is sealed.
 *
 * @param key         seals
 * @param trusted     the keys whose seals are gone on from: this one, and those before it
 * @param everyEvents how many events there are between two seals, at least
 * @param everyNanos  how long an event waits for its seal, about
 * @param clockMicros the time that is signed, in microseconds since 1970
 */
public record SealOptions(SigningKey key, List<VerifyingKey> trusted, long everyEvents, long everyNanos,
        LongSupplier clockMicros) {
    public SealOptions {
        trusted = List.copyOf(trusted);
    }
}
