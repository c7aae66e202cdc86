package letopis.cli.copying;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Point;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StreamInfo;

/**
 * Reads all events of a store of any kind, and checks what the contract promises of them: positions that grow, without holes where
 * that is promised and nothing was forgotten; revisions without gaps; times that do not go backwards; ids that occur once.
 *
 * <p>Needs memory for the name and revision of each stream, and for {@value #IDS_AT_ONCE} ids at a time: a larger store is
 * read several times for the ids.
 */
public final class ContractCheck {
    private static final int IDS_AT_ONCE = 4 << 20;

    private final EventStore store;
    private final Consumer<String> faults;
    private final LongConsumer progress;
    private final BooleanSupplier stopped;
    private final int idsAtOnce;
    private final Map<String, Revisions> streams = new HashMap<>();
    private long found;
    private long events;

    /**
     * What was found.
     *
     * @param head   the last position that was looked at
     * @param whole  whether it came to its end
     */
    public record Report(long events, long streams, long head, long faults, boolean whole) {}

    private record Revisions(long first, long last) {}

    /** @param faults hears of each fault in words */
    public ContractCheck(EventStore store, Consumer<String> faults, LongConsumer progress, BooleanSupplier stopped) {
        this(store, faults, progress, stopped, IDS_AT_ONCE);
    }

    ContractCheck(EventStore store, Consumer<String> faults, LongConsumer progress, BooleanSupplier stopped,
            int idsAtOnce) {
        this.store = store;
        this.faults = faults;
        this.progress = progress;
        this.stopped = stopped;
        this.idsAtOnce = idsAtOnce;
    }

    /** Checks everything up to the head of this moment. */
    public Report run() {
        long head = store.head();
        boolean whole = head == 0 || (order(head) && ids(head));
        if (whole) {
            streams(head);
        }
        return new Report(events, streams.size(), head, found, whole);
    }

    private void fault(String what) {
        found++;
        faults.accept(what);
    }

    private boolean order(long head) {
        long position = 0;
        Instant time = Instant.MIN;
        try (Reading reading = store.read(Read.all().to(Point.position(head)))) {
            while (reading.hasNext()) {
                if (stopped.getAsBoolean()) {
                    return false;
                }
                RecordedEvent event = reading.next();
                String place = "position " + event.position() + " (" + event.stream() + "@" + event.revision() + ")";
                if (event.position() <= position) {
                    fault(place + " comes after position " + position);
                }
                if (event.time().isBefore(time)) {
                    fault(place + " was recorded at " + event.time() + ", before the event before it at " + time);
                }
                Revisions known = streams.get(event.stream());
                if (known != null && event.revision() != known.last + 1) {
                    fault(place + " comes after revision " + known.last + " of its stream");
                }
                streams.put(event.stream(),
                        new Revisions(known == null ? event.revision() : known.first, event.revision()));
                position = event.position();
                time = event.time();
                events++;
                progress.accept(position);
            }
        }
        return true;
    }

    /** What the store says of its streams must fit what was read, and what is missing must have been forgotten. */
    private void streams(long head) {
        int page = 1_000;
        long forgotten = 0;
        boolean still = true;
        String after = "";
        List<StreamInfo> infos;
        do {
            infos = store.streams("", after, page);
            for (StreamInfo info : infos) {
                after = info.stream();
                forgotten += info.firstRevision();
                if (info.lastPosition() > head) {
                    still = false;
                    continue;
                }
                Revisions read = streams.get(info.stream());
                if (read == null ? info.count() > 0 : read.last != info.lastRevision()) {
                    fault("stream " + info.stream() + " is said to end with revision " + info.lastRevision() + ", and "
                            + (read == null ? "no event of it was found" : "ends with " + read.last));
                } else if (read != null && info.count() > 0 && read.first > info.firstRevision()) {
                    fault("stream " + info.stream() + " is said to begin with revision " + info.firstRevision()
                            + ", and begins with " + read.first);
                }
            }
        } while (infos.size() == page);
        if (still && store.head() == head && store.capabilities().contains(Capability.GAPLESS_POSITIONS)
                && events + forgotten != head) {
            fault("there are " + head + " positions, " + events + " events and " + forgotten + " forgotten ones: "
                    + (head - events - forgotten) + " are missing");
        }
    }

    /** Looks for ids that occur twice: by their hashes first, and by themselves where two hashes are the same. */
    private boolean ids(long head) {
        long passes = events / idsAtOnce + 1;
        for (long pass = 0; pass < passes; pass++) {
            long[] hashes = new long[1024];
            int count = 0;
            try (Reading reading = store.read(Read.all().to(Point.position(head)))) {
                while (reading.hasNext()) {
                    if (stopped.getAsBoolean()) {
                        return false;
                    }
                    long hash = hash(reading.next().id());
                    if (Long.remainderUnsigned(hash, passes) == pass) {
                        if (count == hashes.length) {
                            hashes = Arrays.copyOf(hashes, count * 2);
                        }
                        hashes[count++] = hash;
                    }
                }
            }
            Arrays.sort(hashes, 0, count);
            for (int i = 1; i < count; i++) {
                if (hashes[i] == hashes[i - 1] && (i == 1 || hashes[i - 2] != hashes[i])) {
                    twice(head, hashes[i]);
                }
            }
        }
        return true;
    }

    private void twice(long head, long hash) {
        Map<UUID, Long> first = new HashMap<>();
        try (Reading reading = store.read(Read.all().to(Point.position(head)))) {
            for (RecordedEvent event : reading) {
                if (hash(event.id()) == hash) {
                    Optional.ofNullable(first.putIfAbsent(event.id(), event.position()))
                            .ifPresent(it -> fault("event id " + event.id() + " is at position " + it + ", and at "
                                    + event.position()));
                }
            }
        }
    }

    private static long hash(UUID id) {
        long mixed = (id.getMostSignificantBits() ^ Long.rotateLeft(id.getLeastSignificantBits(), 32))
                * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }
}
