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
    private static final int EVERY = Integer.getInteger("letopis.memory.every", 7);
    private static final int[] GAPS = {1, 2, 3, 5, 8, 13};

    private static final MethodHandle LIVE = live();

    private static MethodHandle live() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            new PlantingLoader(SecondOutOfMemoryTest.class.getClassLoader()).planted(ScarceLife.class),
                            "live", MethodType.methodType(boolean.class, int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @SuppressWarnings("SystemOut") // says what was tried
    void noCallerWaitsForEverWhenMemoryIsMissingTwice() throws Throwable {
        int lives = 0;
        for (int gap = 0; gap < GAPS.length; gap++) {
            int first = 1 + gap % EVERY;
            while ((boolean) LIVE.invokeExact(first, first + GAPS[gap])) {
                first += EVERY;
                lives++;
            }
            assertThat(first).as("steps of a life").isGreaterThan(200);
        }
        System.out.println("out of memory twice in " + lives + " lives");
    }
}
