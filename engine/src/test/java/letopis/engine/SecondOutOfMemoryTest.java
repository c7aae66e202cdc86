package letopis.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * There is no memory left twice in a row: at a step of the engine's threads, and again at the next one, or one of those soon after
 * it, while the first is being told. Each caller is answered or refused within a time, and what it was told is true. A step is an
 * instruction of the sequencer, of the index or of what publishes that takes memory, each in turn; {@link OutOfMemoryTest} has those
 * of journal and clock.
 */
@Timeout(1200)
class SecondOutOfMemoryTest {
    private static final int EVERY = Integer.getInteger("letopis.memory.every", 3);
    private static final int[] GAPS = {1, 2, 3, 5, 8, 13};

    private static final MethodHandle LIVE = live();

    private static MethodHandle live() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            new PlantingLoader(SecondOutOfMemoryTest.class.getClassLoader()).planted(ScarceLife.class),
                            "live", MethodType.methodType(int.class, int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the life cannot be loaded", e);
        }
    }

    @Test
    @SuppressWarnings("SystemOut") // says what was tried
    void noCallerWaitsForEverWhenMemoryIsMissingTwice() throws Throwable {
        int steps = live(Integer.MAX_VALUE, Integer.MAX_VALUE);
        int lives = 0;
        int twice = 0;
        for (int gap = 0; gap < GAPS.length; gap++) {
            for (int first = 1 + gap % EVERY; first <= steps; first += EVERY) {
                int second = first + GAPS[gap];
                lives++;
                twice += live(first, second) >= second ? 1 : 0;
            }
        }
        assertThat(twice).as("lives in which it was missing twice, of %d with up to %d steps", lives, steps)
                .isGreaterThan(lives / 2);
        System.out.println("out of memory in " + lives + " lives, twice in " + twice);
    }

    private static int live(int one, int other) throws Throwable {
        return (int) LIVE.invokeExact(one, other);
    }
}
