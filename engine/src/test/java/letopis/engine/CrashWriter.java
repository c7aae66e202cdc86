package letopis.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import letopis.journal.disk.InterceptedDisk;
import letopis.journal.disk.RealDisk;
import letopis.journal.file.JournalOptions;
import letopis.store.Appended;
import org.jspecify.annotations.Nullable;

/**
 * A process that appends with several threads until it is killed, and says on its standard output which appends were
 * acknowledged: thread, number, first and last position. Arguments: directory, seed, threads, and {@code early} for a writer
 * that acknowledges before it has written, or {@code unforced} for one that forces nothing.
 */
final class CrashWriter {
    /** Small, so that segments end and begin all the time. */
    static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withSegmentBytes(64 << 10, 512 << 10);
    private static final JournalOptions SMALL = JournalOptions.DEFAULT.withSegmentBytes(64 << 10, 512 << 10);
    private static final Duration EARLY_BY = Duration.ofMillis(5);
    private static final Duration LIFE = Duration.ofSeconds(60);

    private CrashWriter() {}

    @SuppressWarnings("SystemOut") // the test that started it shows that
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> System.err.println("a writer ended: " + e.getMessage()));
        Path directory = Path.of(arguments[0]);
        Opening opening = List.of(arguments).contains("unforced")
                ? Opening.forWriting(directory, InterceptedDisk.of(RealDisk.at(directory), CrashWriter::unforced),
                        SMALL)
                : Opening.forWriting(directory, OPTIONS);
        if (List.of(arguments).contains("early")) {
            opening = new Opening(directory, new EarlyJournal(opening.journal(), EARLY_BY), opening.tornTail());
        }
        EmbeddedEventStore store = EmbeddedEventStore.start(opening, OPTIONS, false, System.nanoTime());
        long seed = Long.parseLong(arguments[1]);
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            int thread = i;
            Thread.ofPlatform().start(() -> write(store, seed, thread));
        }
        long end = System.nanoTime() + LIFE.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(100_000_000);
        }
        Runtime.getRuntime().halt(2); // nobody came to kill it
    }

    private static @Nullable Object unforced(InterceptedDisk.Operation it) throws IOException {
        return it.name().startsWith("force") ? null : it.proceed();
    }

    private static void write(EmbeddedEventStore store, long seed, int thread) {
        for (int number = 0;; number++) {
            Appended appended = store.append(new CrashLoad(seed, thread, number).append());
            say(thread + " " + number + " " + appended.firstPosition() + " " + appended.position() + "\n");
        }
    }

    @SuppressWarnings("SystemOut") // that is how it speaks
    static synchronized void say(String line) {
        try {
            OutputStream out = System.out;
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            Runtime.getRuntime().halt(3); // nobody listens
        }
    }
}
