package letopis.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;

import letopis.engine.index.IndexOptions;
import letopis.journal.file.JournalOptions;
import letopis.proof.SealedRoot;
import letopis.proof.SigningKey;
import letopis.proof.VerifyingKey;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Query;

/**
 * The store that is kept under {@code format-1-engine}, with all that the engine writes beside the log and into it: runs of the
 * index with their manifest and the file of added tags, what is remembered of the tree; floors, erased events, seals, records that
 * forget and that tag; and three proofs of it.
 */
final class KeptEngineStore {
    static final int EVENTS = 75;
    static final List<String> STREAMS = List.of("plain-1", "truncated-1", "counted-1", "deleted-1", "buried-1");
    static final SigningKey KEY = key();
    static final List<VerifyingKey> KEYS = List.of(KEY.verifyingKey());
    static final UUID STORE_ID = UUID.fromString("6c65746f-7069-4973-a5f1-6c6574207465");

    private static final String FOLDER = "/format-1-engine/";
    private static final List<String> FILES = List.of("00000001.packed", "00000002.segment", "index/00000005.run",
            "index/00000006.run", "index/bbb6394c.tags", "index/manifest", "letopis.published", "letopis.store",
            "proof/chunks", "proof/seals");
    private static final String FIRST_ROOT = "first.root";
    private static final int SEGMENT_BYTES = 65_536;
    private static final int FIRST_SESSION = 70;
    private static final EngineOptions OPTIONS = EngineOptions.DEFAULT
            .withClock(InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.000006Z")))
            .withTamperEvidence(TamperEvidence.with(KEY).withSealEvery(1_000_000, Duration.ofHours(1)));

    private KeptEngineStore() {}

    /** No secret: it signs nothing but this. */
    private static SigningKey key() {
        byte[] pkcs8 = HexFormat.of().parseHex("302e020100300506032b657004220420" + "4c".repeat(32));
        return SigningKey.ofPem("-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(pkcs8)
                + "\n-----END PRIVATE KEY-----\n");
    }

    static String stream(int position) {
        return position <= FIRST_SESSION ? STREAMS.get((position - 1) % STREAMS.size()) : STREAMS.getFirst();
    }

    static Event event(int position) {
        return Event.of("Type" + position % 3, "{\"n\":" + position + "}")
                .withId(new UUID(0x0123_4567_89AB_4DEFL, 0x8000_0000_0000_0000L | position))
                .withTags("tag:" + position % 4);
    }

    /** Writes it as this code does. Work in the background, and a segment that ends beside a seal, would not give the same twice. */
    static Map<String, byte[]> write() {
        BytesDisk disk = empty();
        try (EmbeddedEventStore store = open(disk)) {
            append(store, 1, FIRST_SESSION);
        }
        try (EmbeddedEventStore store = open(disk)) {
            store.forget(Forget.before("truncated-1", 3));
            store.forget(Forget.beyond("counted-1", Forget.Retention.maxCount(2)));
            store.forget(Forget.delete("deleted-1"));
            store.forget(Forget.tombstone("buried-1"));
            try (Retagging retagging = store.retag("evens", Query.stream("plain-1"),
                    it -> it.position() % 2 == 0 ? Set.of("even:yes") : Set.of())) {
                retagging.await(Duration.ofSeconds(60));
            }
            store.scavenge(ScavengeProgress.NONE);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        try (EmbeddedEventStore store = open(disk)) {
            append(store, FIRST_SESSION + 1, EVENTS);
        }
        Map<String, byte[]> files = new TreeMap<>();
        disk.files().stream().filter(it -> !it.endsWith(".lock")).forEach(it -> files.put(it, disk.bytes(it)));
        return files;
    }

    private static void append(EmbeddedEventStore store, int from, int to) {
        for (int position = from; position <= to; position++) {
            store.append(Append.to(stream(position)).of(event(position)));
        }
    }

    static EmbeddedEventStore open(BytesDisk disk) {
        JournalOptions journal = JournalOptions.DEFAULT.withSegmentBytes(SEGMENT_BYTES, SEGMENT_BYTES)
                .withPreparation(Runnable::run);
        Opening opening = Opening
                .forWriting(Disks.NAME, disk, journal, new IndexOptions(40, 1 << 20, 2, 3, 1_000_000, false))
                .remembering(disk.directory("proof"));
        return EmbeddedEventStore.start(opening, OPTIONS, false, System.nanoTime());
    }

    static EmbeddedEventStore openReadOnly(BytesDisk disk) {
        return EmbeddedEventStore.start(Opening.forReading(Disks.NAME, disk).remembering(disk.directory("proof")),
                OPTIONS,
                true, System.nanoTime());
    }

    /** A store whose id and time of making are known: its first two files, as the page on the format says. */
    private static BytesDisk empty() {
        BytesDisk disk = new BytesDisk();
        disk.put("letopis.store", sealed(frame("LETOPIS1").putInt(12, 512)
                .putLong(32, 1_767_323_045_000_006L)
                .putInt(40, SEGMENT_BYTES)
                .putInt(44, SEGMENT_BYTES)));
        byte[] segment = new byte[SEGMENT_BYTES];
        byte[] header = sealed(frame("LETOPSEG").putInt(12, 1).putLong(32, SEGMENT_BYTES));
        System.arraycopy(header, 0, segment, 0, header.length);
        disk.put("00000001.segment", segment);
        return disk;
    }

    private static ByteBuffer frame(String magic) {
        return ByteBuffer.allocate(64)
                .put(magic.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(8, 1)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(16, STORE_ID.getMostSignificantBits())
                .putLong(24, STORE_ID.getLeastSignificantBits())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] sealed(ByteBuffer frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame.slice(0, 60));
        frame.putInt(60, (int) crc.getValue());
        byte[] bytes = new byte[frame.capacity()];
        frame.get(0, bytes);
        return bytes;
    }

    /** The files that were kept when this version of the format was made. */
    static Map<String, byte[]> kept() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : FILES) {
            files.put(name, kept(name));
        }
        return files;
    }

    /** The root over the events of the first session. */
    static SealedRoot firstRoot() throws IOException {
        return SealedRoot.parse(new String(kept(FIRST_ROOT), StandardCharsets.US_ASCII));
    }

    /** Proofs of an event, of one that was erased, and that the first root is of the same history; by the names of their files. */
    static Map<String, String> proofs(EmbeddedEventStore store, SealedRoot first) {
        return Map.of("event.proof", store.proofs().proveInclusion(71).text(), "erased.proof",
                store.proofs().proveInclusion(4).text(), "history.proof",
                store.proofs().proveConsistency(first).text());
    }

    static byte[] kept(String name) throws IOException {
        try (InputStream kept = KeptEngineStore.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(kept, name).readAllBytes();
        }
    }

    static BytesDisk disk(Map<String, byte[]> files) {
        BytesDisk disk = new BytesDisk();
        files.forEach((name, bytes) -> disk.put(name, bytes.clone()));
        return disk;
    }

    /** Writes it into a directory: done once, when a version of the format is made. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        BytesDisk disk = empty();
        try (EmbeddedEventStore store = open(disk)) {
            append(store, 1, FIRST_SESSION);
        }
        SealedRoot first;
        try (EmbeddedEventStore store = openReadOnly(disk)) {
            first = store.proofs().sealedRoot().orElseThrow();
        }
        Map<String, byte[]> files = write();
        try (EmbeddedEventStore store = openReadOnly(disk(files))) {
            proofs(store, first).forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.US_ASCII)));
        }
        files.put(FIRST_ROOT, first.text().getBytes(StandardCharsets.US_ASCII));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = directory.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.write(target, file.getValue());
        }
    }
}
