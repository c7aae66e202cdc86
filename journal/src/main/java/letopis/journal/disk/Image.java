package letopis.journal.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** A file of a {@link RecordingDisk}: what processes see of it, what is durable, and what lies between. */
final class Image {
    /** How many values written to a sector since the last force are remembered. */
    private static final int MAX_VERSIONS = 4;

    private Sector[] now;
    private long size;
    private boolean nowShared;
    private Sector[] durable;
    private long durableSize;
    private boolean durableShared;
    private final List<Dirty> dirty = new ArrayList<>(0);

    Image() {
        this(new Sector[0], 0);
    }

    /** A file whose content is durable; the array is shared with other images. */
    Image(Sector[] sectors, long size) {
        now = sectors;
        durable = sectors;
        nowShared = true;
        durableShared = true;
        this.size = size;
        durableSize = size;
    }

    long size() {
        return size;
    }

    int read(long offset, byte[] target, int from, int length) {
        int readable = (int) Math.max(0, Math.min(length, size - offset));
        int done = 0;
        while (done < readable) {
            int index = (int) ((offset + done) / Sector.BYTES);
            int at = (int) ((offset + done) % Sector.BYTES);
            int bytes = Math.min(Sector.BYTES - at, readable - done);
            now[index].copy(at, target, from + done, bytes);
            done += bytes;
        }
        return readable;
    }

    void write(long offset, byte[] source, int from, int length) {
        int done = 0;
        grow(offset + length);
        while (done < length) {
            int index = (int) ((offset + done) / Sector.BYTES);
            int at = (int) ((offset + done) % Sector.BYTES);
            int bytes = Math.min(Sector.BYTES - at, length - done);
            put(index, now[index].with(at, source, from + done, bytes));
            done += bytes;
        }
    }

    private void grow(long newSize) {
        int sectors = (int) ((Math.max(newSize, size) + Sector.BYTES - 1) / Sector.BYTES);
        int before = now.length;
        if (nowShared || sectors > before) {
            now = Arrays.copyOf(now, Math.max(sectors, before));
            nowShared = false;
            Arrays.fill(now, before, now.length, Sector.ZERO);
            for (int i = before; i < Math.min(now.length, durable.length); i++) {
                put(i, Sector.ZERO); // cut off since the last force: until the next one, what was there may come back
            }
        }
        size = Math.max(size, newSize);
    }

    private void put(int index, Sector sector) {
        now[index] = sector;
        for (Dirty known : dirty) {
            if (known.index == index) {
                if (known.versions.size() == MAX_VERSIONS) {
                    known.versions.removeFirst();
                }
                known.versions.add(sector);
                return;
            }
        }
        dirty.add(new Dirty(index, sector));
    }

    void truncate(long newSize) {
        if (newSize >= size) {
            return;
        }
        int sectors = (int) ((newSize + Sector.BYTES - 1) / Sector.BYTES);
        now = Arrays.copyOf(now, sectors);
        nowShared = false;
        int rest = (int) (newSize % Sector.BYTES);
        if (rest > 0) {
            put(sectors - 1, now[sectors - 1].with(rest, new byte[Sector.BYTES], 0, Sector.BYTES - rest));
        }
        dirty.removeIf(sector -> sector.index >= sectors);
        size = newSize;
    }

    void force() {
        if (dirty.isEmpty() && size == durableSize) {
            return;
        }
        if (durable.length != now.length || durableShared) {
            int before = durable.length;
            durable = Arrays.copyOf(durable, now.length);
            durableShared = false;
            for (int i = before; i < durable.length; i++) {
                durable[i] = Sector.ZERO;
            }
        }
        for (Dirty sector : dirty) {
            durable[sector.index] = sector.versions.getLast();
        }
        dirty.clear();
        durableSize = size;
    }

    /** A force that fails as Linux does it: what was to be written is seen by processes, called clean, and lost. */
    void failForce() {
        dirty.clear();
    }

    List<Dirty> dirty() {
        return dirty;
    }

    boolean sizeIsDurable() {
        return size == durableSize;
    }

    long durableSize() {
        return durableSize;
    }

    Sector durable(int index) {
        return index < durable.length ? durable[index] : Sector.ZERO;
    }

    /** The content of the file with some sectors chosen, for a size chosen. */
    Image state(@Nullable Sector[] chosen, long chosenSize) {
        if (dirty.isEmpty() && chosenSize == durableSize) {
            durableShared = true;
            return new Image(durable, durableSize);
        }
        int sectors = (int) ((chosenSize + Sector.BYTES - 1) / Sector.BYTES);
        Sector[] content = Arrays.copyOf(durable, sectors);
        for (int i = 0; i < dirty.size(); i++) {
            Sector sector = chosen[i];
            if (sector != null && dirty.get(i).index < sectors) {
                content[dirty.get(i).index] = sector;
            }
        }
        for (int i = 0; i < sectors; i++) {
            if (content[i] == null) {
                content[i] = Sector.ZERO;
            }
        }
        return new Image(content, chosenSize);
    }

    long hash(long seed) {
        long hash = Sector.mix(seed, size);
        for (Sector sector : now) {
            hash = Sector.mix(hash, sector.hash());
        }
        return hash;
    }

    /** A sector that was written since the last force, and what was written to it. */
    static final class Dirty {
        private final int index;
        private final List<Sector> versions = new ArrayList<>(2);

        private Dirty(int index, Sector sector) {
            this.index = index;
            versions.add(sector);
        }

        int index() {
            return index;
        }

        List<Sector> versions() {
            return versions;
        }
    }
}
