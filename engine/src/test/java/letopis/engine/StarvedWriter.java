package letopis.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

import letopis.journal.BlockDraft;
import letopis.journal.Journal;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.StoreException;
import letopis.store.StoreFailedException;

/**
 * A process with a small heap that appends with several threads while another one takes all memory there is, again and again.
 * Ends when the store says that it can no longer write, and says so with {@code !}, or after a while; its
 * last word is {@code =} and how often there was no memory. Speaks as
 * {@link CrashWriter} does, and takes the same arguments; {@code swallowed} is for one whose journal finds no memory and keeps
 * that for itself.
 */
final class StarvedWriter {
    /** It ends with this when a caller waits for ever. */
    static final int HANGS = 4;
    private static final Duration LIFE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SCRATCH_BYTES = 64 << 10;

    private static volatile boolean ended;
    /** How often there was no memory left; the eater's. */
    private static int times;

    private StarvedWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        Opening opening = Opening.forWriting(directory, CrashWriter.OPTIONS);
        if (List.of(arguments).contains("swallowed")) {
            opening = new Opening(directory, swallowing(opening.journal()), opening.tornTail());
        }
        EmbeddedEventStore store = EmbeddedEventStore.start(opening, CrashWriter.OPTIONS, false, System.nanoTime());
        append(store, seed, threads, 0); // a class that finds no memory when it begins is lost to the process
        Thread eater = Thread.ofPlatform().daemon().start(() -> takeAllMemory(new Random(seed)));
        Thread[] writers = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            int thread = i;
            writers[i] = Thread.ofPlatform().daemon().start(() -> write(store, seed, thread));
        }
        long end = System.nanoTime() + LIFE.toNanos();
        while (!ended && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        ended = true;
        eater.join();
        for (Thread writer : writers) {
            if (!writer.join(PATIENCE)) {
                Runtime.getRuntime().halt(HANGS);
            }
        }
        CrashWriter.say("=" + times + "\n");
        Runtime.getRuntime().halt(0);
    }

    private static void takeAllMemory(Random random) {
        List<byte[]> taken = new ArrayList<>(1 << 16);
        while (!ended) {
            LockSupport.parkNanos(random.nextInt(50_000_000));
            try {
                int bytes = 64 << random.nextInt(12);
                while (!ended && taken.size() < 1 << 16) {
                    taken.add(new byte[bytes]);
                }
            } catch (OutOfMemoryError _) {
                times++;
                LockSupport.parkNanos(random.nextInt(100_000_000)); // so long the others find none either
            }
            taken.clear();
        }
    }

    private static void write(EmbeddedEventStore store, long seed, int thread) {
        for (int number = 0; !ended; number++) {
            try {
                append(store, seed, thread, number);
            } catch (StoreFailedException _) {
                sayThatItFailed();
            } catch (CompletionException e) {
                if (e.getCause() instanceof StoreFailedException) {
                    sayThatItFailed();
                }
            } catch (StoreException | OutOfMemoryError | NoClassDefFoundError _) {
                // nobody knows what became of it; the next one may do better
            }
        }
    }

    private static void append(EmbeddedEventStore store, long seed, int thread, int number) {
        Append append = new CrashLoad(seed, thread, number).append();
        Appended appended = number % 2 == 0 ? store.append(append) : store.submit(append).join();
        CrashWriter.say(thread + " " + number + " " + appended.firstPosition() + " " + appended.position() + "\n");
    }

    private static void sayThatItFailed() {
        while (!ended) {
            try {
                CrashWriter.say("!\n");
                ended = true;
            } catch (OutOfMemoryError _) {
                // there will be memory
            }
        }
    }

    /** A planted bug: it finds no memory before it has written, and says nothing. */
    private static Journal swallowing(Journal journal) {
        return new EarlyJournal(journal, Duration.ZERO) {
            @Override
            public void append(BlockDraft draft) throws IOException {
                try {
                    byte[] scratch = new byte[SCRATCH_BYTES];
                    if (scratch.length > 0) {
                        journal.append(draft);
                    }
                } catch (OutOfMemoryError _) {
                    // that is the bug
                }
            }
        };
    }
}
