package letopis.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

import letopis.engine.index.IndexOptions;
import letopis.journal.file.Compression;
import letopis.journal.file.FileJournal;
import letopis.journal.file.JournalOptions;
import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Query;

/**
 * A store with every kind of file and record that there is: segments as they were written and packed, erased events and floors,
 * seals, added tags, runs of an index, what is remembered of the tree. Either it was closed, or its process died while it was
 * forced late, so that {@code letopis.forced} is there.
 */
final class StoreToDamage {
    static final int SECTOR = 512;
    static final int PAGE = 4096;
    private static final int MAGIC = ByteBuffer.wrap("LTBK".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt();
    private static final EngineOptions OPTIONS = EngineOptions.DEFAULT
            .withClock(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")))
            .withTamperEvidence(TamperEvidence.with(SealedStore.KEY).withSealEvery(1_000_000, Duration.ofHours(1)));

    private final BytesDisk disk;
    private final StoreView written;
    private final boolean killed;
    /** The position up to which all was forced. */
    private final long forced;
    /** Where blocks begin, and chunks of packed segments, in each file of the log. */
    private final Map<String, NavigableSet<Integer>> beginnings = new TreeMap<>();
    private final NavigableMap<Long, Long> places = new TreeMap<>();

    private StoreToDamage(BytesDisk disk, StoreView written, long forced, boolean killed) {
        this.disk = disk;
        this.written = written;
        this.forced = forced;
        this.killed = killed;
        disk.files().forEach(it -> beginnings.put(it, beginnings(it, disk.bytes(it))));
        try (FileJournal journal = FileJournal.openReadOnly(disk)) {
            journal.replay(1, (_, kind, position, place, _) -> {
                if (kind.takesPosition()) {
                    places.put(position, place);
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static JournalOptions journal(int segmentBytes) {
        return JournalOptions.DEFAULT.withSegmentBytes(segmentBytes / 4, segmentBytes).withPreparation(Runnable::run);
    }

    /**
     * @param bytes  about how large all files are together
     * @param killed whether the process that wrote it dies
     */
    static StoreToDamage of(int bytes, boolean killed, long seed) {
        BytesDisk disk = new BytesDisk();
        Random random = new Random(seed);
        int segment = Math.clamp(Integer.highestOneBit(bytes / 10), 8192, 65_536);
        try (EmbeddedEventStore store = open(disk, journal(segment).withCompression(Compression.DEFLATE))) {
            fill(store, random, disk, bytes / 20);
            store.append(Append.to("gone-1").of(Event.of("Type0", Bytes.of(new byte[100]))));
            store.forget(Forget.before("shared-1", 3));
            store.forget(Forget.tombstone("gone-1"));
        }
        try (EmbeddedEventStore store = open(disk, journal(segment).withCompression(Compression.DEFLATE))) {
            fill(store, random, disk, bytes / 10);
            store.forget(Forget.before("shared-2", 4));
            store.forget(Forget.delete("shared-3"));
            store.scavenge(ScavengeProgress.NONE);
            try (Retagging retagging = store.retag("by-stream", Query.stream("own-3"),
                    it -> Set.of("at:" + it.stream()))) {
                retagging.await(Duration.ofSeconds(60));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (!killed) {
            try (EmbeddedEventStore store = open(disk, journal(segment))) {
                fill(store, random, disk, bytes);
            }
            return new StoreToDamage(disk, view(disk), Long.MAX_VALUE, false);
        }
        Opening opening = opening(disk, journal(segment).withForceEveryNanos(JournalOptions.FORCE_LATE));
        try (EmbeddedEventStore store = EmbeddedEventStore.start(opening, OPTIONS, false, System.nanoTime())) {
            fill(store, random, disk, bytes);
            store.forget(Forget.delete("shared-1")); // more than the runs know of a stream of which they know something
            opening.journal().force();
            long forced = store.head();
            for (int i = 0; i < 5; i++) {
                store.append(append(random, 1000 + i));
            }
            BytesDisk left = disk.copy();
            return new StoreToDamage(left, view(left), forced, true);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void fill(EmbeddedEventStore store, Random random, BytesDisk disk, int bytes) {
        int number = 0;
        while (disk.totalBytes() < bytes || number < 60) {
            store.append(append(random, number++));
        }
    }

    private static Append append(Random random, int number) {
        List<Append.Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            byte[] data = new byte[random.nextInt(1_800)];
            byte[] phrase = new byte[1 + random.nextInt(40)]; // so that packing makes it smaller
            random.nextBytes(phrase);
            for (int at = 0; at < data.length; at++) {
                data[at] = phrase[at % phrase.length];
            }
            String stream = random.nextBoolean() ? "own-" + number % 7 : "shared-" + random.nextInt(6);
            entries.add(new Append.Entry(stream, Event.of("Type" + random.nextInt(3), Bytes.of(data))
                    .withContentType("application/octet-stream")
                    .withId(new UUID(random.nextLong(), random.nextLong()))
                    .withTags("tag:" + random.nextInt(5))));
        }
        return new Append(entries, List.of(), Optional.empty());
    }

    private static Opening opening(BytesDisk disk, JournalOptions options) {
        return Opening.forWriting(Disks.NAME, disk, options, new IndexOptions(40, 1 << 20, 2, 3, 1_000_000, false))
                .remembering(disk.directory("proof"));
    }

    static EmbeddedEventStore open(BytesDisk disk, JournalOptions options) {
        return EmbeddedEventStore.start(opening(disk, options), OPTIONS, false, System.nanoTime());
    }

    static EmbeddedEventStore openForWriting(BytesDisk disk) {
        return open(disk, journal(65_536).withCreate(false));
    }

    static EmbeddedEventStore openReadOnly(BytesDisk disk) {
        Opening opening = Opening.forReading(Disks.NAME, disk).remembering(disk.directory("proof"));
        return EmbeddedEventStore.start(opening, OPTIONS, true, System.nanoTime());
    }

    private static StoreView view(BytesDisk disk) {
        try (EmbeddedEventStore store = openReadOnly(disk.copy())) {
            return StoreView.of(store);
        }
    }

    private static NavigableSet<Integer> beginnings(String name, byte[] bytes) {
        NavigableSet<Integer> found = new TreeSet<>();
        found.add(0);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (name.endsWith(".segment")) {
            for (int at = SECTOR; at < bytes.length; at += SECTOR) {
                if (in.getInt(at) == MAGIC) {
                    found.add(at);
                }
            }
        } else if (name.endsWith(".packed")) {
            int directory = (int) in.getLong(40);
            int at = 64;
            for (int entry = directory; entry + 12 <= bytes.length; entry += 12) {
                found.add(at);
                at += in.getInt(entry);
            }
            found.add(directory);
        } else if (name.endsWith(".run")) {
            for (int at = PAGE; at < bytes.length; at += PAGE) {
                found.add(at);
            }
        }
        return found;
    }

    /** A disk of its own with all of it. */
    BytesDisk copy() {
        return disk.copy();
    }

    BytesDisk disk() {
        return disk;
    }

    StoreView written() {
        return written;
    }

    boolean wasKilled() {
        return killed;
    }

    long forced() {
        return Math.min(forced, written.content().head());
    }

    /** Where the block, chunk or page begins in which a byte is. */
    int beginning(String file, int offset) {
        return Objects.requireNonNull(beginnings(file).floor(offset));
    }

    /** Where the next one begins, or the file ends. */
    int end(String file, int offset) {
        Integer next = beginnings(file).higher(offset);
        return next == null ? disk.size(file) : next;
    }

    private NavigableSet<Integer> beginnings(String file) {
        return Objects.requireNonNull(beginnings.get(file), file);
    }

    /** The place of the record of each event, by its position. */
    NavigableMap<Long, Long> places() {
        return places;
    }
}
