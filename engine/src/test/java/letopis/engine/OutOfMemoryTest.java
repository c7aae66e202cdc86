package letopis.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import letopis.journal.BlockDraft;
import letopis.journal.BlockWrite;
import letopis.journal.Journal;
import letopis.journal.disk.RecordingDisk;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Event;
import letopis.store.OutcomeUnknownException;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StoreException;
import letopis.store.StoreFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * There is no memory left at one call on the way of an append: to the journal, to the block in the making, to the clock; before
 * the call, or when it was done. (Calls to the disk are in {@link FaultCatalogueTest}.) Nobody waits for ever, nothing that was
 * acknowledged is lost, nothing that was refused is there, and the store is whole when it is opened again.
 */
@Timeout(120)
class OutOfMemoryTest {
    private static final int APPENDS = 8;
    private static final int MAX_CALLS = 10_000;

    private final Map<String, Integer> tried = new TreeMap<>();

    @Test
    @SuppressWarnings("SystemOut") // says what was tried
    void noCallThatFailsForWantOfMemoryBreaksAPromise() {
        for (boolean done : new boolean[]{false, true}) {
            int call = 1;
            while (live(new Memory(call, done, false))) {
                assertThat(call++).isLessThan(MAX_CALLS);
            }
            assertThat(call).isGreaterThan(20);
        }
        System.out.println("out of memory at calls to " + tried);
        assertThat(tried.keySet()).contains("Journal.seal", "BlockWrite.run", "Journal.draft", "BlockDraft.add",
                "InstantSource.instant");
    }

    @Test
    void anErrorThatIsSwallowedIsCaught() {
        assertThatThrownBy(() -> {
            for (int call = 1; live(new Memory(call, false, true)); call++) {
                assertThat(call).isLessThan(MAX_CALLS);
            }
        }).isInstanceOf(AssertionError.class);
    }

    /** One life in which one call fails; whether it came to that call. */
    private boolean live(Memory memory) {
        RecordingDisk disk = new RecordingDisk();
        Map<Integer, Appended> acknowledged = new TreeMap<>();
        Set<Integer> unknown = new TreeSet<>();
        Opening opening = Disks.opening(disk);
        try {
            EmbeddedEventStore store = EmbeddedEventStore.start(
                    new Opening(opening.directory(), memory.over(Journal.class, opening.journal()), opening.tornTail()),
                    Disks.OPTIONS.withClock(memory.over(InstantSource.class, Disks.OPTIONS.clock())), false,
                    System.nanoTime());
            for (int number = 0; number < APPENDS; number++) {
                append(store, number, acknowledged, unknown);
            }
            try {
                store.close();
            } catch (StoreException | OutOfMemoryError e) {
                assertThat(memory.failed).as("closing failed: " + e).isNotEmpty();
            }
        } catch (StoreException | OutOfMemoryError e) {
            assertThat(memory.failed).as("opening failed: " + e).isNotEmpty();
        }
        disk.endProcess();
        try {
            check(disk, acknowledged, unknown);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("call " + memory.fails + ", " + memory.failed + ": " + e.getMessage(), e);
        }
        if (!memory.failed.isEmpty()) {
            tried.merge(memory.failed, 1, Integer::sum);
        }
        return !memory.failed.isEmpty();
    }

    private static void append(EmbeddedEventStore store, int number, Map<Integer, Appended> acknowledged,
            Set<Integer> unknown) {
        Append append = append(number);
        try {
            acknowledged.put(number, number % 2 == 0
                    ? store.append(append)
                    : store.submit(append).orTimeout(60, TimeUnit.SECONDS).join());
        } catch (OutcomeUnknownException e) {
            unknown.add(number);
        } catch (CompletionException e) {
            if (e.getCause() instanceof OutcomeUnknownException) {
                unknown.add(number);
            } else {
                assertThat(e.getCause()).isInstanceOf(StoreFailedException.class);
            }
        } catch (StoreFailedException | OutOfMemoryError e) {
            assertThat(e.toString()).contains("on demand");
        }
    }

    private static Append append(int number) {
        List<Append.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            entries.add(
                    new Append.Entry("order-" + number % 3, Event.of("Happened", "{}").withId(new UUID(number, i))));
        }
        return new Append(entries, List.of(), Optional.empty());
    }

    private static void check(RecordingDisk disk, Map<Integer, Appended> acknowledged, Set<Integer> unknown) {
        try (EmbeddedEventStore store = Disks.open(disk)) {
            Map<Integer, Long> there = new TreeMap<>();
            Map<Integer, Integer> events = new TreeMap<>();
            try (Reading reading = store.read(Read.all())) {
                reading.forEachRemaining(event -> {
                    there.putIfAbsent((int) event.id().getMostSignificantBits(), event.position());
                    events.merge((int) event.id().getMostSignificantBits(), 1, Integer::sum);
                });
            }
            acknowledged.forEach((number, told) -> assertThat(there.get(number)).as("acknowledged append %s", number)
                    .isEqualTo(told.firstPosition()));
            assertThat(events.values()).as("events of an append").allMatch(it -> it == 2);
            there.keySet()
                    .forEach(number -> assertThat(acknowledged.containsKey(number) || unknown.contains(number))
                            .as("append %s was refused and is there", number)
                            .isTrue());
            for (int number = 0; number < APPENDS; number++) {
                store.append(append(number));
            }
            assertThat(store.head()).isEqualTo(2 * APPENDS);
        }
    }

    /** Counts calls, one of which finds no memory. */
    private static final class Memory {
        private final int fails;
        private final boolean done;
        private final boolean swallows;
        private int calls;
        private volatile String failed = "";

        /**
         * @param fails    the number of the call that fails
         * @param done     whether it fails when it was done
         * @param swallows whether the failure of a call without a result is swallowed: a planted bug
         */
        private Memory(int fails, boolean done, boolean swallows) {
            this.fails = fails;
            this.done = done;
            this.swallows = swallows;
        }

        private <T> T over(Class<T> type, T target) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                    new Wrapping(this, type.getSimpleName(), target)));
        }

        private synchronized boolean isNext(String name) {
            boolean now = !name.endsWith(".close") && ++calls == fails;
            failed = now ? name : failed;
            return now;
        }
    }

    /** A call goes to the wrapped object, unless it fails. */
    private record Wrapping(Memory memory, String name, Object target) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            boolean now = memory.isNext(name + "." + method.getName());
            if (now && !memory.done) {
                if (memory.swallows && method.getReturnType() == void.class) {
                    return null;
                }
                throw new OutOfMemoryError("on demand");
            }
            Object result;
            try {
                result = method.invoke(target, unwrapped(arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (now) {
                throw new OutOfMemoryError("on demand, when it was done");
            }
            return switch (result) {
                case BlockDraft draft -> memory.over(BlockDraft.class, draft);
                case BlockWrite write -> memory.over(BlockWrite.class, write);
                case null, default -> result;
            };
        }

        private static Object[] unwrapped(Object @Nullable [] arguments) {
            Object[] given = arguments == null ? new Object[0] : arguments.clone();
            for (int i = 0; i < given.length; i++) {
                if (Proxy.isProxyClass(given[i].getClass())
                        && Proxy.getInvocationHandler(given[i]) instanceof Wrapping it) {
                    given[i] = it.target;
                }
            }
            return given;
        }
    }
}
