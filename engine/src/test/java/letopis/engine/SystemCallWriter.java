package letopis.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import letopis.store.Appended;
import letopis.store.OutcomeUnknownException;
import letopis.store.StoreException;

/**
 * A process that opens a store, appends, closes it, opens it again and appends more; it says what became of each append:
 * {@code acknowledged}, {@code refused} or {@code unknown}, with thread and number, and first and last position where it has
 * them. Arguments: directory, seed, appends of each of two threads in each opening.
 */
final class SystemCallWriter {
    private static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withSegmentBytes(64 << 10, 64 << 10);

    private SystemCallWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        int appends = Integer.parseInt(arguments[2]);
        for (int opening = 0; opening < 2; opening++) {
            try (EmbeddedEventStore store = EmbeddedEventStore.open(directory, OPTIONS)) {
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    int thread = i;
                    int from = opening * appends;
                    threads.add(Thread.ofPlatform().start(() -> {
                        for (int number = from; number < from + appends; number++) {
                            write(store, new CrashLoad(seed, thread, number));
                        }
                    }));
                }
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (StoreException e) {
                say("store " + e.getClass().getSimpleName());
            }
        }
        say("end");
        Runtime.getRuntime().halt(0);
    }

    private static void write(EmbeddedEventStore store, CrashLoad load) {
        String which = " " + load.thread() + " " + load.number();
        try {
            Appended appended = store.append(load.append());
            say("acknowledged" + which + " " + appended.firstPosition() + " " + appended.position());
        } catch (OutcomeUnknownException e) {
            say("unknown" + which);
        } catch (StoreException e) {
            say("refused" + which);
        }
    }

    @SuppressWarnings("SystemOut") // that is how it speaks
    private static synchronized void say(String line) {
        System.out.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
