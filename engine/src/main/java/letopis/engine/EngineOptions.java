package letopis.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import letopis.store.Limits;

/**
 * How an embedded store is opened. {@link #DEFAULT} suits most; change what should differ:
 *
 * <pre>{@code
 * EngineOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxEventBytes(4 << 20)).withCreateIfMissing(false)
 * }</pre>
 *
 * @param createIfMissing   whether a directory that is missing or empty becomes a new store; else it is refused
 * @param limits            what may be appended, at most
 * @param clock             gives the recorded times, and the age of events where streams are kept by age
 * @param firstSegmentBytes the size of a store's first segment file; later ones grow up to the largest
 * @param maxSegmentBytes   the size of the largest segment files; one that must hold a larger append is larger
 * @param maxWaitingAppends how many appends may wait to be written; beyond it a call waits for room
 * @param maxWaitForRoom    how long such a call waits before it is refused with a
 *                          {@link letopis.store.StoreBusyException}: zero refuses at once, nothing waits for as long as it takes
 * @param maxBlockBytes     how many bytes of appends are gathered into one block, which is forced to disk at once; a single
 *                          append may be larger
 * @param durability        what an acknowledged append survives
 * @param compression       how segment files are kept once they are full
 * @param retryWindowEvents how many of the newest events are known by their ids: an append that is sent again within them is
 *                          written once. Takes about 20 bytes of memory for each; 0 to know none
 * @param openingProgress   hears how far an opening is that makes the index anew
 * @param tamperEvidence    seals what is written, so that changes of the files can be told; off if it is empty
 */
public record EngineOptions(boolean createIfMissing, Limits limits, InstantSource clock, long firstSegmentBytes,
        long maxSegmentBytes, int maxWaitingAppends, Optional<Duration> maxWaitForRoom, int maxBlockBytes,
        Durability durability, Compression compression, long retryWindowEvents, OpeningProgress openingProgress,
        Optional<TamperEvidence> tamperEvidence) {
    /**
     * Creates what is missing; {@link Limits#DEFAULT}, segments from 1 MiB to 256 MiB, 16,384 appends waiting, blocks of 1 MiB,
     * forced, a million events known by their ids.
     */
    public static final EngineOptions DEFAULT = new EngineOptions(true, Limits.DEFAULT, InstantSource.system(), 1 << 20,
            256 << 20, 16_384, Optional.empty(), 1 << 20, Durability.FORCED, Compression.NONE, 1_000_000,
            OpeningProgress.NONE, Optional.empty());

    /** @throws IllegalArgumentException if a number is out of its range */
    public EngineOptions {
        require(firstSegmentBytes >= 64 << 10, "firstSegmentBytes is at least 65536", firstSegmentBytes);
        require(maxSegmentBytes >= firstSegmentBytes, "maxSegmentBytes is at least firstSegmentBytes", maxSegmentBytes);
        require(maxSegmentBytes <= 1 << 30, "maxSegmentBytes is at most 1073741824", maxSegmentBytes);
        require(maxWaitingAppends >= 1, "maxWaitingAppends is at least 1", maxWaitingAppends);
        require(maxBlockBytes >= 4 << 10 && maxBlockBytes <= 64 << 20, "maxBlockBytes is from 4096 to 67108864",
                maxBlockBytes);
        require(retryWindowEvents >= 0 && retryWindowEvents <= Integer.MAX_VALUE,
                "retryWindowEvents is from 0 to 2147483647", retryWindowEvents);
        maxWaitForRoom
                .ifPresent(wait -> require(!wait.isNegative(), "maxWaitForRoom is not negative", wait.toMillis()));
    }

    private static void require(boolean holds, String rule, long actual) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + actual);
        }
    }

    public EngineOptions withCreateIfMissing(boolean create) {
        return new EngineOptions(create, limits, clock, firstSegmentBytes, maxSegmentBytes, maxWaitingAppends,
                maxWaitForRoom, maxBlockBytes, durability, compression, retryWindowEvents, openingProgress,
                tamperEvidence);
    }

    public EngineOptions withLimits(Limits newLimits) {
        return new EngineOptions(createIfMissing, newLimits, clock, firstSegmentBytes, maxSegmentBytes,
                maxWaitingAppends, maxWaitForRoom, maxBlockBytes, durability, compression, retryWindowEvents,
                openingProgress, tamperEvidence);
    }

    public EngineOptions withClock(InstantSource newClock) {
        return new EngineOptions(createIfMissing, limits, newClock, firstSegmentBytes, maxSegmentBytes,
                maxWaitingAppends, maxWaitForRoom, maxBlockBytes, durability, compression, retryWindowEvents,
                openingProgress, tamperEvidence);
    }

    public EngineOptions withSegmentBytes(long first, long max) {
        return new EngineOptions(createIfMissing, limits, clock, first, max, maxWaitingAppends, maxWaitForRoom,
                maxBlockBytes, durability, compression, retryWindowEvents, openingProgress, tamperEvidence);
    }

    public EngineOptions withMaxWaitingAppends(int appends) {
        return new EngineOptions(createIfMissing, limits, clock, firstSegmentBytes, maxSegmentBytes, appends,
                maxWaitForRoom, maxBlockBytes, durability, compression, retryWindowEvents, openingProgress,
                tamperEvidence);
    }

    /** Refuses an append that has waited so long for room with a {@link letopis.store.StoreBusyException}. */
    public EngineOptions withMaxWaitForRoom(Duration wait) {
        return new EngineOptions(createIfMissing, limits, clock, firstSegmentBytes, maxSegmentBytes, maxWaitingAppends,
                Optional.of(wait), maxBlockBytes, durability, compression, retryWindowEvents, openingProgress,
                tamperEvidence);
    }

    public EngineOptions withMaxBlockBytes(int bytes) {
        return new EngineOptions(createIfMissing, limits, clock, firstSegmentBytes, maxSegmentBytes, maxWaitingAppends,
                maxWaitForRoom, bytes, durability, compression, retryWindowEvents, openingProgress, tamperEvidence);
    }

    /** Acknowledges appends before they are forced to the disk, if it is not {@link Durability#FORCED}. */
    public EngineOptions withDurability(Durability newDurability) {
        return new EngineOptions(createIfMissing, limits, clock, firstSegmentBytes, maxSegmentBytes, maxWaitingAppends,
                maxWaitForRoom, maxBlockBytes, newDurability, compression, retryWindowEvents, openingProgress,
                tamperEvidence);
    }

    /** Keeps segment files in another form once they are full. */
    public EngineOptions withCompression(Compression newCompression) {
        return new EngineOptions(createIfMissing, limits, clock, firstSegmentBytes, maxSegmentBytes, maxWaitingAppends,
                maxWaitForRoom, maxBlockBytes, durability, newCompression, retryWindowEvents, openingProgress,
                tamperEvidence);
    }

    public EngineOptions withRetryWindowEvents(long events) {
        return new EngineOptions(createIfMissing, limits, clock, firstSegmentBytes, maxSegmentBytes, maxWaitingAppends,
                maxWaitForRoom, maxBlockBytes, durability, compression, events, openingProgress, tamperEvidence);
    }

    public EngineOptions withOpeningProgress(OpeningProgress progress) {
        return new EngineOptions(createIfMissing, limits, clock, firstSegmentBytes, maxSegmentBytes, maxWaitingAppends,
                maxWaitForRoom, maxBlockBytes, durability, compression, retryWindowEvents, progress, tamperEvidence);
    }

    /** Seals what is written. Where it is switched on for a store that has events, the opening hashes all of them once. */
    public EngineOptions withTamperEvidence(TamperEvidence evidence) {
        return new EngineOptions(createIfMissing, limits, clock, firstSegmentBytes, maxSegmentBytes, maxWaitingAppends,
                maxWaitForRoom, maxBlockBytes, durability, compression, retryWindowEvents, openingProgress,
                Optional.of(evidence));
    }
}
