package letopis.engine;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import letopis.journal.disk.Disk;
import letopis.journal.disk.InterceptedDisk;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;
import letopis.journal.file.JournalOptions;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.ConditionFailedException;
import letopis.store.EventStore;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Threads append under conditions and read, while callers are interrupted, the disk fails, the store is closed under them, and
 * the power is cut; then {@link HistoryCheck} looks for an order of all calls that explains every answer.
 *
 * <p>How many calls: {@code -Dletopis.history.calls}; which: {@code -Dletopis.history.seed}.
 */
@Timeout(3600)
class LinearizabilityTest {
    private static final int CALLS = Integer.getInteger("letopis.history.calls", 150_000);
    private static final long SEED = Long.getLong("letopis.history.seed", new Random().nextLong());
    private static final int THREADS = 6;
    private static final int CALLS_TO_CATCH = 20_000;
    private static final JournalOptions OPTIONS = JournalOptions.DEFAULT.withSegmentBytes(64 << 10, 256 << 10)
            .withPreparation(Runnable::run);

    private final Random random = new Random(SEED);
    private RecordingDisk machine = new RecordingDisk();

    /** How an opening of the store ends. */
    private enum Ending {
        CLOSED, CLOSED_UNDER_WAY, DISK_FAILS, DISK_FAILS_AND_POWER_CUT;

        private boolean diskFails() {
            return this == DISK_FAILS || this == DISK_FAILS_AND_POWER_CUT;
        }
    }

    @Test
    @SuppressWarnings("SystemOut") // says what was tried
    void everyHistoryHasAnOrderThatExplainsIt() throws Exception {
        long begin = System.nanoTime();
        ConcurrentStorm storm = new ConcurrentStorm();
        int openings = history(storm, CALLS, null);
        List<ConcurrentCall> calls = storm.calls();
        List<RecordedEvent> log = log();
        long ran = System.nanoTime();
        check(calls, log);
        Map<ConcurrentCall.Outcome, Long> outcomes = calls.stream()
                .filter(it -> !it.isRead)
                .collect(
                        Collectors.groupingBy(it -> it.outcome, TreeMap::new,
                                Collectors.counting()));
        System.out.printf(
                "%,d calls in %d openings (seed %d), %,d events, appends %s, %,d unknown outcomes settled: run %.1f s, checked %.1f s%n",
                calls.size(), openings, SEED, log.size(), outcomes, storm.unknown(), (ran - begin) / 1e9,
                (System.nanoTime() - ran) / 1e9);
        assertThat(calls).hasSizeGreaterThan(CALLS / 2);
        assertThat(outcomes.keySet()).contains(ConcurrentCall.Outcome.ACKNOWLEDGED, ConcurrentCall.Outcome.REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatIsNotIsCaught(StoreBug bug) throws Exception {
        ConcurrentStorm storm = new ConcurrentStorm();
        history(storm, CALLS_TO_CATCH, bug);
        List<RecordedEvent> log = log();

        assertThatThrownBy(() -> check(storm.calls(), log)).isInstanceOf(AssertionError.class);
    }

    private static void check(List<ConcurrentCall> calls, List<RecordedEvent> log) {
        try {
            new HistoryCheck(calls, log).run();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; -Dletopis.history.seed=" + SEED, e);
        }
    }

    /** Opens the store again and again, until so many calls were made; how often. */
    private int history(ConcurrentStorm storm, int wanted, @Nullable StoreBug bug) throws Exception {
        int openings = 0;
        int each = Math.max(200, wanted / 40);
        Ending ending = Ending.CLOSED;
        while (storm.calls().size() < wanted) {
            ending = Ending.values()[openings++ % Ending.values().length];
            AtomicLong untilFailure = new AtomicLong(ending.diskFails()
                    ? 20 + random.nextInt(200)
                    : Long.MAX_VALUE);
            EmbeddedEventStore store = open(untilFailure);
            EventStore used = bug == null ? store : bug.over(store);
            storm.settle(used);
            Thread closer = Thread.ofPlatform().unstarted(() -> {
                LockSupport.parkNanos(10_000_000L + random.nextInt(50_000_000));
                closeQuietly(store);
            });
            if (ending == Ending.CLOSED_UNDER_WAY) {
                closer.start();
            }
            storm.run(used, random.nextLong(), THREADS, each);
            closer.join();
            closeQuietly(store);
            if (ending == Ending.DISK_FAILS_AND_POWER_CUT) {
                PowerCut cut = machine.powerCut();
                int[] ways = new int[cut.units()];
                SplittableRandom choice = new SplittableRandom(random.nextLong());
                for (int unit = 0; unit < ways.length; unit++) {
                    ways[unit] = choice.nextInt(cut.ways(unit));
                }
                machine = cut.state(ways);
            }
            machine.endProcess();
        }
        try (EmbeddedEventStore store = open(new AtomicLong(Long.MAX_VALUE))) {
            storm.settle(store);
        }
        machine.endProcess();
        return openings;
    }

    /** The disk is one for one thread at a time; and it fails for good after so many writes and forces. */
    private EmbeddedEventStore open(AtomicLong untilFailure) {
        RecordingDisk now = machine;
        Disk disk = InterceptedDisk.of(now, it -> {
            synchronized (now) {
                boolean writes = it.name().equals("write") || it.name().equals("force");
                if (writes && untilFailure.decrementAndGet() < 0) {
                    throw new IOException(it + " fails on demand");
                }
                return it.proceed();
            }
        });
        return EmbeddedEventStore.start(Opening.forWriting(Disks.NAME, disk, OPTIONS), Disks.OPTIONS, false,
                System.nanoTime());
    }

    private static void closeQuietly(EmbeddedEventStore store) {
        try {
            store.close();
        } catch (StoreException e) {
            // the disk had failed
        }
    }

    private List<RecordedEvent> log() {
        try (EmbeddedEventStore store = open(new AtomicLong(Long.MAX_VALUE));
                Reading reading = store.read(Read.all())) {
            return reading.toList();
        } finally {
            machine.endProcess();
        }
    }

    /** Bugs planted between the threads and the store. */
    enum StoreBug {
        /** Now and then a condition is not looked at. */
        CONDITION_NOT_CHECKED {
            @Override
            Appended append(EventStore store, Append append, State state) {
                return store.append(
                        state.now(40) ? new Append(append.entries(), List.of(), append.recordedTime()) : append);
            }
        },
        /** Now and then an append is acknowledged and not written. */
        ACKNOWLEDGED_AND_DROPPED {
            @Override
            Appended append(EventStore store, Append append, State state) {
                return state.now(40)
                        ? new Appended(store.head() + 1, store.head() + append.entries().size(),
                                Map.of(append.entries().getFirst().stream(), 1L))
                        : store.append(append);
            }
        },
        /** Now and then an append is written twice. */
        WRITTEN_TWICE {
            @Override
            Appended append(EventStore store, Append append, State state) {
                if (state.now(40)) {
                    store.append(new Append(append.withNewIds().entries(), List.of(), append.recordedTime()));
                }
                return store.append(append);
            }
        },
        /** Now and then a refusal is an old one. */
        STALE_REFUSAL {
            @Override
            Appended append(EventStore store, Append append, State state) {
                try {
                    return store.append(append);
                } catch (ConditionFailedException e) {
                    ConditionFailedException old = state.refusal.getAndSet(e);
                    throw old != null && state.now(10) ? old : e;
                }
            }
        },
        /** Now and then a read sees the store as it was earlier. */
        STALE_READ {
            @Override
            Reading read(EventStore store, Read read, State state) {
                if (state.now(20)) {
                    Reading opened = store.read(read);
                    LockSupport.parkNanos(1);
                    Reading old = state.reading.getAndSet(opened);
                    return old == null ? store.read(read) : old;
                }
                return store.read(read);
            }
        };

        /** What a bug remembers. */
        static final class State {
            private final AtomicInteger calls = new AtomicInteger();
            private final AtomicReference<@Nullable ConditionFailedException> refusal = new AtomicReference<>();
            private final AtomicReference<@Nullable Reading> reading = new AtomicReference<>();

            private boolean now(int every) {
                return calls.incrementAndGet() % every == 0;
            }
        }

        Appended append(EventStore store, Append append, State state) {
            return store.append(append);
        }

        Reading read(EventStore store, Read read, State state) {
            return store.read(read);
        }

        EventStore over(EventStore store) {
            State state = new State();
            return (EventStore) Proxy.newProxyInstance(EventStore.class.getClassLoader(),
                    new Class<?>[]{EventStore.class}, (_, method, arguments) -> {
                        if (method.getName().equals("append")) {
                            return append(store, (Append) arguments[0], state);
                        }
                        if (method.getName().equals("read")) {
                            return read(store, (Read) arguments[0], state);
                        }
                        try {
                            return method.invoke(store, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
