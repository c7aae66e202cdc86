package letopis.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

import letopis.journal.disk.Disk;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.OutcomeUnknownException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreBusyException;
import letopis.store.StoreDamagedException;
import letopis.store.StoreException;
import letopis.store.StoreUnusableException;

/**
 * A whole life of a store: created, appended to until segments change, read, forgotten from, closed, opened again, read beside
 * the writer, verified. Whatever the disk does meanwhile, it knows what must be there afterwards ({@link #check}).
 */
final class StoreLife {
    /** The append whose stream is truncated, and how much of it. */
    private static final int FORGOTTEN_APPEND = 1;
    private static final int FORGOTTEN_EVENTS = 2;
    private static final String FORGOTTEN_STREAM = "gone-1";

    private final FaultyDisk fault;
    private final boolean harmless;
    private final Map<Integer, Appended> acknowledged = new TreeMap<>();
    private final Set<Integer> unknown = new TreeSet<>();
    private Forgotten forgotten = Forgotten.NO;
    private boolean opened;

    private enum Forgotten {
        NO, PERHAPS, YES
    }

    /** How it is opened. */
    interface Opener {
        EmbeddedEventStore open();
    }

    StoreLife(FaultyDisk fault, boolean harmless) {
        this.fault = fault;
        this.harmless = harmless;
    }

    /** Lives it, until the process dies. */
    void live(Disk disk, Opener opener, Opener reader) {
        Optional<EmbeddedEventStore> first = tried("open", opener::open);
        first.ifPresent(store -> {
            opened = true;
            appends(store, 0, 4);
            reads(store);
            forgets(store);
            appends(store, 4, 9);
            reads(store);
            closes(store);
        });
        Optional<EmbeddedEventStore> second = tried("open again", opener::open);
        second.ifPresent(store -> {
            opened = true;
            reads(store);
            appends(store, 9, 12);
            Optional<EmbeddedEventStore> beside = tried("open read-only", reader::open);
            beside.ifPresent(other -> {
                reads(other);
                closes(other);
            });
            closes(store);
        });
        tried("verify", () -> new Verifier(disk, VerifyProgress.NONE).verify(Disks.NAME));
    }

    private void appends(EventStore store, int from, int to) {
        for (int number = from; number < to && !fault.isDead(); number++) {
            append(store, number);
        }
    }

    /** Appends, and once more where the answer was not waited for. */
    private void append(EventStore store, int number) {
        Append append = append(number);
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                acknowledged.put(number, store.append(append));
                unknown.remove(number);
                return;
            } catch (OutcomeUnknownException e) {
                judge("append " + number, e);
                unknown.add(number);
            } catch (StoreBusyException e) {
                judge("append " + number, e);
            } catch (StoreException e) {
                judge("append " + number, e);
                return;
            } finally {
                Thread.interrupted();
            }
        }
        if (harmless) {
            throw new AssertionError("append " + number + " was not settled by a retry");
        }
    }

    private static Append append(int number) {
        Random random = new Random(number);
        List<Append.Entry> entries = new ArrayList<>();
        int count = 1 + number * 2 % 3;
        for (int i = 0; i < count; i++) {
            String stream = number == FORGOTTEN_APPEND ? FORGOTTEN_STREAM : "life-" + (number + i) % 2;
            String data = number + "/" + i + "/" + count + "/" + "x".repeat(random.nextInt(900));
            entries.add(new Append.Entry(stream,
                    Event.of("Lived", data).withId(new UUID(number, i)).withTags("number:" + number)));
        }
        return new Append(entries, List.of(), Optional.empty()).failIfEventsMatch(Query.tag("never:true"));
    }

    private void forgets(EventStore store) {
        if (fault.isDead() || !acknowledged.containsKey(FORGOTTEN_APPEND)) {
            return;
        }
        for (int attempt = 0; attempt < 2 && forgotten != Forgotten.YES; attempt++) {
            try {
                store.forget(Forget.before(FORGOTTEN_STREAM, FORGOTTEN_EVENTS));
                forgotten = Forgotten.YES;
            } catch (OutcomeUnknownException e) {
                judge("forget", e);
                forgotten = Forgotten.PERHAPS;
            } catch (StoreException e) {
                judge("forget", e);
            } finally {
                Thread.interrupted();
            }
        }
    }

    /** What an open store serves is what it acknowledged; a reading that fails once succeeds the next time. */
    private void reads(EventStore store) {
        if (!fault.isDead()) {
            tried("read", () -> {
                check(store);
                return store;
            });
        }
    }

    private void closes(EmbeddedEventStore store) {
        tried("close", () -> {
            store.close();
            return store;
        });
        if (fault.isDead()) {
            try {
                store.close();
            } catch (StoreException | FaultyDisk.Killed e) {
                // The process is gone; only its threads are to end.
            }
        }
    }

    private <T> Optional<T> tried(String what, Supplier<T> action) {
        try {
            return fault.isDead() && !what.equals("close") ? Optional.empty() : Optional.of(action.get());
        } catch (StoreException e) {
            judge(what, e);
        } catch (FaultyDisk.Killed | OutOfMemoryError e) {
            if (fault.happened() == 0) {
                throw e;
            }
        } finally {
            Thread.interrupted();
        }
        return Optional.empty();
    }

    /** Whether an error may be, and says what is the matter. */
    private void judge(String what, StoreException e) {
        if (fault.happened() == 0) {
            throw new AssertionError(what + " fails without a fault: " + e, e);
        }
        boolean interrupted = e instanceof OutcomeUnknownException || e instanceof StoreBusyException;
        if (harmless && !interrupted) {
            throw new AssertionError(what + " fails although nothing is wrong with the disk: " + e, e);
        }
        if (e instanceof StoreDamagedException) {
            throw new AssertionError(what + " calls it damage: " + e, e);
        }
        if (!harmless && !fault.isDead() && !isTrueAnyway(e) && !namesTheFault(e)) {
            throw new AssertionError(what + " does not say what is wrong: " + e, e);
        }
    }

    /** What an earlier failure left: a lock that could not be given back, a store that could not be made. */
    private boolean isTrueAnyway(StoreException e) {
        return e instanceof StoreUnusableException unusable && switch (unusable.reason()) {
            case IN_USE -> Set.of("unlock", "tryLock").contains(fault.kind());
            case NOT_FOUND -> !opened;
            default -> false;
        };
    }

    private static boolean namesTheFault(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("fails on demand")) {
                return true;
            }
        }
        return false;
    }

    /** A store that was opened when the fault was gone has all it should have and goes on. */
    void checkAndGoOn(EmbeddedEventStore store) {
        check(store);
        Appended more = store.append(Append.to("more").of(Event.of("More", "99/0/1/")));
        check(store);
        if (store.head() != more.position()) {
            throw new AssertionError("the head is " + store.head() + " after an append at " + more.position());
        }
    }

    /** Everything acknowledged is there as it was told, once; what was refused is not; what nobody knows is there whole or not. */
    void check(EventStore store) {
        Map<Integer, List<RecordedEvent>> there = new TreeMap<>();
        Set<Long> positions = new HashSet<>();
        long head;
        try (Reading reading = store.read(Read.all())) {
            head = reading.head();
            for (RecordedEvent event : reading) {
                positions.add(event.position());
                there.computeIfAbsent(Integer.parseInt(event.data().toUtf8().split("/", -1)[0]),
                        _ -> new ArrayList<>()).add(event);
            }
        }
        there.forEach((number, events) -> {
            if (!acknowledged.containsKey(number) && !unknown.contains(number) && number != 99) {
                throw new AssertionError("append " + number + " was refused, and is there");
            }
            if (number != 99) {
                whole(number, events, append(number).entries());
            }
        });
        acknowledged.forEach((number, told) -> {
            List<RecordedEvent> events = there.getOrDefault(number, List.of());
            if (events.isEmpty() || events.getLast().position() != told.position()) {
                throw new AssertionError("append " + number + " was acknowledged at " + told.position() + ", and "
                        + (events.isEmpty() ? "is not there" : "is at " + events.getLast().position()));
            }
        });
        int missing = there.getOrDefault(FORGOTTEN_APPEND, List.of()).size() == 1 ? FORGOTTEN_EVENTS : 0;
        if (positions.size() + missing != head) {
            throw new AssertionError("the head is " + head + ", and there are " + positions.size() + " events");
        }
    }

    private void whole(int number, List<RecordedEvent> events, List<Append.Entry> written) {
        int skipped = written.size() - events.size();
        boolean mayBeForgotten = number == FORGOTTEN_APPEND && skipped == FORGOTTEN_EVENTS
                && forgotten != Forgotten.NO;
        boolean mustBeForgotten = number == FORGOTTEN_APPEND && forgotten == Forgotten.YES;
        if (skipped != 0 && !mayBeForgotten) {
            throw new AssertionError("append " + number + " has " + events.size() + " of " + written.size()
                    + " events");
        }
        if (skipped == 0 && mustBeForgotten) {
            throw new AssertionError("events that were forgotten are there");
        }
        for (int i = 0; i < events.size(); i++) {
            Append.Entry entry = written.get(i + skipped);
            RecordedEvent event = events.get(i);
            if (!event.event().equals(entry.event()) || !event.stream().equals(entry.stream())
                    || event.position() != events.getFirst().position() + i) {
                throw new AssertionError("event " + event.position() + " is not what was appended: " + event);
            }
        }
    }
}
