package letopis.engine.index.run;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FailingDisk;
import letopis.journal.disk.RecordingDisk;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Terms are found by their hashes, in one partition or many, and most that are not there are told by the filter. */
class DirectoryTest {
    private static final long MILLION = TermPlaces.PARTITION_TERMS;

    private final long seed = Long.getLong("letopis.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "1048576, 0", "1048577, 1", "2097152, 1", "2097153, 2", "4194304, 2", "4194305, 3"})
    void aPartitionHasAMillionTermsAtMost(long expected, int bits) {
        assertThat(new TermPlaces(expected, null).bits()).isEqualTo(bits);
    }

    /** So many that chunks of each partition go through the scratch file, more than once. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsPutIsTakenAgainFromItsPartition(boolean withScratch) throws IOException {
        try (DiskFile scratch = new RecordingDisk().open("scratch", Disk.Access.CREATE)) {
            TermPlaces places = new TermPlaces(3 * MILLION, withScratch ? scratch : null);
            Map<Long, Long> put = new HashMap<>();
            for (int i = 0; i < 40_000; i++) {
                long hash = random.nextLong();
                put.put(hash, (long) i);
                places.add(hash, i);
            }
            assertThat(scratch.size() > 0).isEqualTo(withScratch);
            Map<Long, Long> taken = new HashMap<>();
            for (int partition = 0; partition < 4; partition++) {
                long[] pairs = places.take(partition);
                for (int i = 0; i < pairs.length; i += 2) {
                    assertThat(pairs[i] >>> 62).isEqualTo(partition);
                    taken.put(pairs[i], pairs[i + 1]);
                }
            }
            assertThat(taken).as("seed %s", seed).isEqualTo(put);
        }
    }

    @Test
    void oneInAMillionNeedsNoScratchFile() throws IOException {
        FailingDisk disk = new FailingDisk(new RecordingDisk());
        TermPlaces places = new TermPlaces(MILLION, disk.open("scratch", Disk.Access.CREATE));
        for (int i = 0; i < 20_000; i++) {
            places.add(i, i);
        }
        assertThat(disk.count(FailingDisk.Operation.WRITE)).isZero();
        assertThat(places.take(0)).hasSize(40_000);
    }

    @Test
    void aScratchFileThatLostSomethingIsTold() throws IOException {
        try (DiskFile scratch = new RecordingDisk().open("scratch", Disk.Access.CREATE)) {
            TermPlaces places = new TermPlaces(2 * MILLION, scratch);
            for (int i = 0; i < 20_000; i++) {
                places.add(i, i);
            }
            scratch.truncate(scratch.size() - 1);
            assertThatThrownBy(() -> places.take(0)).isInstanceOf(IOException.class)
                    .hasMessageContaining("shorter than what was written");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "3, 1", "4, 1", "5, 1", "1000, 1", "5000, 1", "5000, 1500000", "20000, 4000000"})
    void eachTermIsFoundAndOnlyAFewOthersAreLookedAt(int terms, long expected) throws IOException {
        TermPlaces places = new TermPlaces(expected, null);
        List<Long> hashes = new ArrayList<>();
        for (int i = 0; i < terms; i++) {
            hashes.add(random.nextLong());
            places.add(hashes.get(i), 3L * i);
        }
        HeapSink sink = new HeapSink();
        PageOutput out = new PageOutput(sink);
        out.putByte(1);
        int bits = places.bits();
        long at = Directory.write(out, places);
        long tableAt = out.at();
        out.putChecksums();
        Directory directory = new Directory(new Pages("a run", MemorySegment.ofArray(sink.toBytes()), tableAt), at,
                bits);

        int others = 0;
        for (int i = 0; i < terms; i++) {
            long place = 3L * i;
            List<Long> candidates = new ArrayList<>();
            assertThat(directory.find(hashes.get(i), candidate -> {
                candidates.add(candidate);
                return candidate == place;
            })).as("seed %s", seed).isEqualTo(place);
            others += candidates.size() - 1;
        }
        assertThat(others).as("others in the bucket with the same 16 bits").isLessThanOrEqualTo(10);

        Set<Long> known = new HashSet<>(hashes);
        for (int i = 0; i < 1_000; i++) {
            long unknown = random.nextLong();
            if (!known.contains(unknown)) {
                assertThat(directory.find(unknown, _ -> false)).isEqualTo(-1);
            }
        }
        int passed = 0;
        for (int i = 0; i < 20_000 && terms > 0; i++) {
            // the bucket and the low bits of one that is there, so that only the filter can tell
            long near = hashes.get(i % terms) ^ (1L << (20 + random.nextInt(8)));
            boolean[] asked = {false};
            directory.find(near, _ -> asked[0] = true);
            passed += asked[0] ? 1 : 0;
        }
        assertThat(passed).as("of 20,000 that the filter let through").isLessThan(terms == 0 ? 1 : 800);
    }

    @Test
    void aDirectoryOfTooManyPartitionsIsDamaged() throws IOException {
        HeapSink sink = new HeapSink();
        PageOutput out = new PageOutput(sink);
        Directory.write(out, new TermPlaces(1, null));
        long tableAt = out.at();
        out.putChecksums();
        Pages pages = new Pages("a run", MemorySegment.ofArray(sink.toBytes()), tableAt);
        for (int bits : new int[]{-1, 25}) {
            assertThatThrownBy(() -> new Directory(pages, 0, bits)).isInstanceOf(StoreDamagedException.class)
                    .hasMessageContaining("2^" + bits + " partitions");
        }
    }

    /** Hashes that differ in one bit of what is hashed, or in the kind, have nothing in common. */
    @Test
    void eachBitOfANameChangesAboutHalfOfItsHash() {
        for (int length : new int[]{1, 7, 8, 9, 16, 17, 24}) {
            byte[] name = new byte[length + 2];
            random.nextBytes(name);
            for (TermKind kind : TermKind.values()) {
                long hash = TermHash.of(seed, kind, name, 1, length);
                for (int bit = 8; bit < 8 * (length + 1); bit++) {
                    name[bit / 8] ^= (byte) (1 << bit % 8);
                    long other = TermHash.of(seed, kind, name, 1, length);
                    name[bit / 8] ^= (byte) (1 << bit % 8);
                    assertThat(Long.bitCount(hash ^ other)).as("seed %s", seed).isBetween(8, 56);
                }
                assertThat(Long.bitCount(hash ^ TermHash.of(seed + 8, kind, name, 1, length))).isBetween(8, 56);
                for (TermKind otherKind : TermKind.values()) {
                    long other = TermHash.of(seed, otherKind, name, 1, length);
                    assertThat(Long.bitCount(hash ^ other)).isBetween(kind == otherKind ? 0 : 8,
                            kind == otherKind ? 0 : 56);
                }
            }
            byte[] zeros = new byte[40];
            assertThat(TermHash.of(seed, TermKind.TAG, zeros, 0, length))
                    .isNotEqualTo(TermHash.of(seed, TermKind.TAG, zeros, 0, length + 1));
        }
    }
}
