package letopis.engine.thread;

/** Waiting for the threads of the engine. */
public final class OwnedThread {
    private OwnedThread() {}

    /** Waits for the end of a thread, whatever interrupts there are; they are kept. */
    public static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
