package letopis.journal.file;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;

import letopis.journal.disk.PowerCut;

/** Which of the states that a power cut could leave are looked at: all if they are few, corners and samples otherwise. */
final class CrashStates {
    private final int exhaustive;
    private final int samples;

    CrashStates(int exhaustive, int samples) {
        this.exhaustive = exhaustive;
        this.samples = samples;
    }

    /** Gives the chosen ways of each unit to a visitor, as long as it says to go on. */
    void choose(PowerCut cut, SplittableRandom random, Predicate<int[]> visitor) {
        int units = cut.units();
        long states = 1;
        for (int unit = 0; unit < units && states <= exhaustive; unit++) {
            states *= cut.ways(unit);
        }
        if (states <= exhaustive) {
            all(cut, visitor);
        } else {
            some(cut, random, visitor);
        }
    }

    private static void all(PowerCut cut, Predicate<int[]> visitor) {
        int[] ways = new int[cut.units()];
        while (visitor.test(ways)) {
            int unit = 0;
            while (unit < ways.length && ++ways[unit] == cut.ways(unit)) {
                ways[unit++] = 0;
            }
            if (unit == ways.length) {
                return;
            }
        }
    }

    private void some(PowerCut cut, SplittableRandom random, Predicate<int[]> visitor) {
        int units = cut.units();
        int[] ways = new int[units];
        for (int corner = 0; corner < 4; corner++) {
            for (int unit = 0; unit < units; unit++) {
                ways[unit] = Math.min(corner, cut.ways(unit) - 1);
            }
            if (!visitor.test(ways)) {
                return;
            }
        }
        // All or nothing, but for one unit that turned out differently.
        for (int n = 0; n < samples / 2; n++) {
            int rest = random.nextInt(2);
            for (int unit = 0; unit < units; unit++) {
                ways[unit] = Math.min(rest, cut.ways(unit) - 1);
            }
            int unit = random.nextInt(units);
            ways[unit] = random.nextInt(cut.ways(unit));
            if (!visitor.test(ways)) {
                return;
            }
        }
        for (int n = 0; n < samples / 2; n++) {
            boolean mostlyWritten = random.nextBoolean();
            for (int unit = 0; unit < units; unit++) {
                ways[unit] = mostlyWritten && random.nextInt(4) > 0
                        ? Math.min(1, cut.ways(unit) - 1)
                        : random.nextInt(cut.ways(unit));
            }
            if (!visitor.test(ways)) {
                return;
            }
        }
    }

    static String inWords(int[] ways) {
        StringBuilder words = new StringBuilder();
        for (int way : ways) {
            words.append(words.isEmpty() ? "" : ".").append(way);
        }
        return words.toString();
    }

    static int[] parse(String words) {
        return words.isEmpty()
                ? new int[0]
                : Arrays.stream(words.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
