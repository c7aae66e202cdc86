package letopis.conformance;

import java.util.concurrent.ThreadLocalRandom;

/** From which seeds random tests start, and how many they try: {@code -Dletopis.seed=…} and {@code -Dletopis.programs=…}. */
final class Seeds {
    private static final int PROGRAMS = 100;

    private Seeds() {}

    /** The seed that was given, or else a new one. */
    static long first() {
        return given() ? Long.getLong("letopis.seed", 0) : ThreadLocalRandom.current().nextLong();
    }

    /** How many programs to try: one if its seed was given. */
    static int programs() {
        return Integer.getInteger("letopis.programs", given() ? 1 : PROGRAMS);
    }

    private static boolean given() {
        return System.getProperty("letopis.seed") != null;
    }
}
