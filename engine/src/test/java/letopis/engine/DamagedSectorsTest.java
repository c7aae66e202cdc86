package letopis.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What disks and people do to files: two bits turned, sectors lost, exchanged, or taken from elsewhere in the store or from another
 * one, files cut, deleted and exchanged. It is found, and named; or what is hit is not used, and the store answers as before.
 *
 * <p>How often each: {@code -Dletopis.damage.tries} (20). The seed: {@code -Dletopis.damage.seed}.
 */
@Timeout(86_400)
class DamagedSectorsTest {
    private static final int TRIES = Integer.getInteger("letopis.damage.tries", 20);
    private static final long SEED = Long.getLong("letopis.damage.seed", new Random().nextLong());
    private static final int BYTES = 1 << 17;
    private static final int SECTOR = StoreToDamage.SECTOR;

    private final Random random = new Random(SEED);
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @SuppressWarnings("SystemOut") // says what was tried: a test of chance that did nothing must show
    void whateverIsDoneToTheFilesIsNamedOrHarmless(boolean killed) {
        StoreToDamage store = StoreToDamage.of(BYTES, killed, SEED);
        BytesDisk other = StoreToDamage.of(BYTES, killed, SEED + 1).disk();
        for (int i = 0; i < TRIES; i++) {
            for (Damage damage : Damage.values()) {
                inflict(store, other, damage);
            }
        }
        System.out.println((killed ? "killed" : "closed") + ", seed " + SEED + ": " + outcomes);
        for (Damage damage : Damage.values()) {
            assertThat(outcomes).containsKey("named: " + damage);
        }
    }

    /** What is done. */
    private enum Damage {
        TWO_BITS, SECTOR_ZEROED, SECTORS_EXCHANGED, SECTOR_OF_THE_SAME_FILE, SECTOR_OF_ANOTHER_FILE, SECTOR_OF_ANOTHER_STORE, FILE_CUT, FILE_DELETED, FILES_EXCHANGED, FILE_OF_ANOTHER_STORE
    }

    private void inflict(StoreToDamage store, BytesDisk other, Damage damage) {
        BytesDisk damaged = store.copy();
        String file = file(damaged);
        byte[] bytes = damaged.bytes(file);
        Set<String> hit = new TreeSet<>(Set.of(file));
        int at = sector(bytes);
        switch (damage) {
            case TWO_BITS -> {
                String second = random.nextBoolean() ? file : file(damaged);
                damaged.flip(file, random.nextInt(bytes.length), random.nextInt(8));
                damaged.flip(second, random.nextInt(damaged.size(second)), random.nextInt(8));
                hit.add(second);
            }
            case SECTOR_ZEROED -> damaged.put(file, with(bytes, at, new byte[SECTOR], 0));
            case SECTORS_EXCHANGED -> {
                int from = sector(bytes);
                damaged.put(file, with(with(bytes, at, bytes, from), from, bytes, at));
            }
            case SECTOR_OF_THE_SAME_FILE -> damaged.put(file, with(bytes, at, bytes, sector(bytes)));
            case SECTOR_OF_ANOTHER_FILE -> {
                byte[] source = damaged.bytes(file(damaged));
                damaged.put(file,
                        with(bytes, at, source, random.nextBoolean() ? Math.min(at, sector(source)) : sector(source)));
            }
            case SECTOR_OF_ANOTHER_STORE -> {
                byte[] source = other.files().contains(file) ? other.bytes(file) : other.bytes(file(other));
                damaged.put(file, with(bytes, at, source, at < source.length ? at : sector(source)));
            }
            case FILE_CUT -> damaged.put(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            case FILE_DELETED -> damaged.delete(file);
            case FILES_EXCHANGED -> {
                String second = file(damaged);
                damaged.put(file, damaged.bytes(second));
                damaged.put(second, bytes);
                hit.add(second);
            }
            case FILE_OF_ANOTHER_STORE -> damaged.put(file,
                    other.bytes(other.files().contains(file) ? file : file(other)));
        }
        judge(store, damaged, hit, damage);
    }

    private void judge(StoreToDamage store, BytesDisk damaged, Set<String> hit, Damage damage) {
        String what = damage + " in " + hit + ", seed " + SEED;
        List<Fault> faults = DamageJudge.verify(damaged);
        boolean refused = new DamageJudge(store).isRefused(damaged, what);
        if (hit.contains("letopis.store")
                && (damage == Damage.FILE_OF_ANOTHER_STORE || damage == Damage.SECTOR_OF_ANOTHER_STORE)) {
            assertThat(faults).as(what).anySatisfy(it -> assertThat(it.what()).contains("belongs to another store"));
        } else {
            DamageJudge.requireNamed(faults, hit, what + ": " + faults);
        }
        if (faults.isEmpty()) {
            assertThat(refused).as(what + " is refused, and not found by a verification").isFalse();
        }
        outcomes.merge((faults.isEmpty() ? "harmless: " : "named: ") + damage, 1, Integer::sum);
    }

    /** Any kind of file as likely as any other. */
    private String file(BytesDisk disk) {
        List<String> files = new ArrayList<>(disk.files());
        files.removeIf(it -> disk.size(it) == 0);
        String one = files.get(random.nextInt(files.size()));
        if (random.nextBoolean()) {
            return one;
        }
        List<String> small = files.stream().filter(it -> !it.endsWith(".segment")).toList();
        return small.get(random.nextInt(small.size()));
    }

    private int sector(byte[] bytes) {
        return random.nextInt(Math.ceilDiv(bytes.length, SECTOR)) * SECTOR;
    }

    private static byte[] with(byte[] bytes, int at, byte[] source, int from) {
        byte[] changed = bytes.clone();
        int length = Math.min(SECTOR, Math.min(bytes.length - at, source.length - from));
        System.arraycopy(source, from, changed, at, length);
        return changed;
    }

    /**
     * What a store would do that does not look at checksums: an event is changed, and they are right again. Where a seal over
     * the event was written just in time, that tells; so there are several stores.
     */
    @Test
    void changedEventThatIsBelievedIsCaught() {
        for (int seed = 1; seed <= 20; seed++) {
            StoreToDamage store = StoreToDamage.of(1 << 16, true, seed);
            BytesDisk damaged = withAChangedEvent(store);
            assertThat(DamageJudge.verify(damaged)).isEmpty();
            try {
                assertThat(new DamageJudge(store).isRefused(damaged, "believed")).as("told by a seal").isTrue();
            } catch (AssertionError e) {
                assertThat(e).hasMessageContaining("other events or streams");
                return;
            }
        }
        throw new AssertionError("each of the events was under a seal");
    }

    private static BytesDisk withAChangedEvent(StoreToDamage store) {
        BytesDisk damaged = store.copy();
        long position = store.written()
                .content()
                .events()
                .stream()
                .mapToLong(RecordedEvent::position)
                .filter(it -> it <= store.forced())
                .max()
                .orElseThrow();
        long place = store.places().floorEntry(position).getValue();
        String file = String.format("%08d.segment", place >>> 32);
        byte[] segment = damaged.bytes(file);
        int block = store.beginning(file, (int) place);
        changeAndMend(segment, (int) (place >>> 32), block, (int) place, damaged.bytes("letopis.store"));
        damaged.put(file, segment);
        return damaged;
    }

    private static void changeAndMend(byte[] segment, int number, int block, int record, byte[] superblock) {
        ByteBuffer in = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
        int payload = in.getInt(record);
        segment[record + 9 + payload - 1] ^= 1;
        CRC32C crc = bound(superblock, number, record);
        crc.update(segment, record, 4);
        crc.update(segment, record + 8, 1 + payload);
        in.putInt(record + 4, (int) crc.getValue());
        int bytes = in.getInt(block + 8);
        crc = bound(superblock, number, block);
        crc.update(segment, block, bytes - 4);
        in.putInt(block + bytes - 4, (int) crc.getValue());
    }

    private static CRC32C bound(byte[] superblock, int segment, long offset) {
        CRC32C crc = new CRC32C();
        crc.update(superblock, 16, 16);
        crc.update(ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(segment).putLong(offset).flip());
        return crc;
    }
}
