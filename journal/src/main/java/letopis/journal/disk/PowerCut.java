package letopis.journal.disk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * All that a power cut could leave at one moment. What is not durable is a list of units, each of which may turn out in a
 * number of ways: way 0 is that nothing of it became durable, way 1 that all of it did, and the others are worse.
 */
public final class PowerCut {
    private final Map<String, Image> durableNames;
    private final List<NameChange> changes;
    private final List<Pending> files = new ArrayList<>();
    private final int units;
    private final int[] ways;

    PowerCut(Map<String, Image> durableNames, List<NameChange> pendingNames) {
        this.durableNames = new TreeMap<>(durableNames);
        changes = List.copyOf(pendingNames);
        collectFiles();
        int count = changes.size();
        for (Pending file : files) {
            count += file.units();
        }
        units = count;
        ways = new int[units];
        int unit = 0;
        for (NameChange change : changes) {
            ways[unit++] = change instanceof NameChange.Renamed ? 3 : 2;
        }
        for (Pending file : files) {
            file.firstUnit = unit;
            for (Sector[] sector : file.sectors) {
                ways[unit++] = sector.length;
            }
            if (file.sizes.length > 1) {
                ways[unit++] = file.sizes.length;
            }
        }
    }

    private void collectFiles() {
        Map<Image, Boolean> seen = new HashMap<>();
        for (Image image : durableNames.values()) {
            collect(image, seen);
        }
        for (NameChange change : changes) {
            switch (change) {
                case NameChange.Created created -> collect(created.image(), seen);
                case NameChange.Renamed renamed -> collect(renamed.image(), seen);
                case NameChange.Deleted _ -> {
                }
            }
        }
    }

    private void collect(Image image, Map<Image, Boolean> seen) {
        if (seen.put(image, true) == null && (!image.dirty().isEmpty() || !image.sizeIsDurable())) {
            files.add(new Pending(image, image.dirty().isEmpty() ? Sector.ZERO : elsewhere(image)));
        }
    }

    /** Something that was written to another place: the newest durable sector with content before the ones being written. */
    private Sector elsewhere(Image image) {
        for (int index = image.dirty().getFirst().index() - 1; index > 0; index--) {
            if (image.durable(index) != Sector.ZERO) {
                return image.durable(index);
            }
        }
        for (Image other : durableNames.values()) {
            if (other != image && other.durable(1) != Sector.ZERO) {
                return other.durable(1);
            }
        }
        return Sector.ZERO;
    }

    /** How many units are not durable. */
    public int units() {
        return units;
    }

    /** In how many ways a unit may turn out. */
    public int ways(int unit) {
        return ways[unit];
    }

    /** The disk that is found after the power cut, if each unit turned out in a certain way. */
    public RecordingDisk state(int[] chosen) {
        Map<Image, Image> states = new HashMap<>();
        for (Pending file : files) {
            states.put(file.image, file.state(chosen));
        }
        TreeMap<String, Image> before = new TreeMap<>(durableNames);
        for (int i = 0; i < changes.size(); i++) {
            if (chosen[i] == 1) {
                changes.get(i).apply(before);
            } else if (chosen[i] == 2 && changes.get(i) instanceof NameChange.Renamed renamed) {
                // Both names, as a file system without a journal of its own may leave it.
                before.put(renamed.to(), renamed.image());
            }
        }
        TreeMap<String, Image> names = new TreeMap<>();
        for (Map.Entry<String, Image> entry : before.entrySet()) {
            @Nullable
            Image state = states.get(entry.getValue());
            names.put(entry.getKey(), state == null
                    ? entry.getValue()
                            .state(new Sector[0],
                                    entry.getValue().durableSize())
                    : state);
        }
        return new RecordingDisk(names);
    }

    /** A file with something that is not durable, and how each sector of it, and its size, may turn out. */
    private static final class Pending {
        private final Image image;
        private final Sector[][] sectors;
        private final long[] sizes;
        private int firstUnit;

        private Pending(Image image, Sector elsewhere) {
            this.image = image;
            sectors = new Sector[image.dirty().size()][];
            for (int i = 0; i < sectors.length; i++) {
                sectors[i] = waysOf(image, image.dirty().get(i), elsewhere);
            }
            long size = image.size();
            long durable = image.durableSize();
            sizes = size == durable
                    ? new long[]{size}
                    : new long[]{durable, size, (durable + size) / 2, Math.min(durable, size) + 1};
        }

        private static Sector[] waysOf(Image image, Image.Dirty dirty, Sector elsewhere) {
            List<Sector> ways = new ArrayList<>(6);
            ways.add(image.durable(dirty.index()));
            for (Sector version : dirty.versions().reversed()) {
                add(ways, version);
            }
            add(ways, Sector.GARBAGE);
            add(ways, Sector.ZERO);
            add(ways, elsewhere);
            return ways.toArray(Sector[]::new);
        }

        private static void add(List<Sector> ways, Sector sector) {
            for (Sector known : ways) {
                if (known == sector || known.hash() == sector.hash()) {
                    return;
                }
            }
            ways.add(sector);
        }

        private int units() {
            return sectors.length + (sizes.length > 1 ? 1 : 0);
        }

        private Image state(int[] chosen) {
            Sector[] content = new Sector[sectors.length];
            for (int i = 0; i < sectors.length; i++) {
                content[i] = sectors[i][chosen[firstUnit + i]];
            }
            long size = sizes.length > 1 ? sizes[chosen[firstUnit + sectors.length]] : sizes[0];
            return image.state(content, size);
        }
    }
}
