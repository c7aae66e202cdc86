package letopis.engine.sequencer;

/**
 * Whether the stack of this thread has room for writing a block. A caller may come from deep down in a recursion, and a stack that
 * overflows in the midst of the writing would end the writing for good. There is no way to ask but to try.
 */
final class RoomOnStack {
    /** Some 50 bytes each in compiled code: 10 KiB. A third of them was enough in trials; 650 took 3 µs. */
    private static final int CALLS = 200;

    private RoomOnStack() {}

    static boolean isThere() {
        try {
            return descend(CALLS, 1, 2, 3, 4, 5, 6) > 0;
        } catch (StackOverflowError _) {
            return false;
        }
    }

    /** Its many numbers are needed after the call, so that they take room meanwhile. */
    private static long descend(int calls, long a, long b, long c, long d, long e, long f) {
        if (calls == 0) {
            return a + b + c + d + e + f;
        }
        return descend(calls - 1, b, c, d, e, f, a + calls) + (a ^ b ^ c ^ d ^ e ^ f) % 2;
    }
}
