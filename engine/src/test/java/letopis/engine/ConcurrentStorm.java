package letopis.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

import letopis.engine.ConcurrentCall.Outcome;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.OutcomeUnknownException;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StoreBusyException;
import letopis.store.StoreClosedException;
import letopis.store.StoreFailedException;
import letopis.store.StreamInfo;

/** Threads that append under conditions and read, all at once, and write down what they were told. */
final class ConcurrentStorm {
    /** How many events a read takes. */
    static final int READ_LIMIT = 6;
    private static final int STREAMS = 24;
    private static final int TAGS = 24;

    private final ConcurrentLinkedQueue<ConcurrentCall> calls = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Retry> retries = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger appends = new AtomicInteger();
    private final AtomicLongArray revisions = new AtomicLongArray(STREAMS);
    private final AtomicInteger unknown = new AtomicInteger();
    private volatile long head;

    /** An append whose outcome is unknown. */
    private record Retry(ConcurrentCall call, Append append) {}

    ConcurrentStorm() {
        for (int i = 0; i < STREAMS; i++) {
            revisions.set(i, ConcurrentCall.NO_STREAM);
        }
    }

    List<ConcurrentCall> calls() {
        return new ArrayList<>(calls);
    }

    /** How many answers were that nobody knows the outcome. */
    int unknown() {
        return unknown.get();
    }

    /** Lets threads make so many calls each, or until the store takes no more; some of them get interrupted now and then. */
    void run(EventStore store, long seed, int threads, int callsEach) throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            SplittableRandom random = new SplittableRandom(seed * 31 + i);
            running.add((i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual()).start(() -> {
                try {
                    for (int n = 0; n < callsEach && call(store, random); n++) {
                        if (random.nextInt(200) == 0) {
                            Thread.currentThread().interrupt();
                        }
                    }
                } catch (RuntimeException | Error e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : running) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("a call failed in a way that it may not", failures.peek());
        }
    }

    /** Sends all again whose outcome is unknown. */
    void settle(EventStore store) {
        for (Retry retry = retries.poll(); retry != null; retry = retries.poll()) {
            send(store, retry.call, retry.append);
        }
    }

    private boolean call(EventStore store, SplittableRandom random) {
        return random.nextInt(3) == 0 ? read(store, random) : append(store, random);
    }

    private boolean append(EventStore store, SplittableRandom random) {
        ConcurrentCall call = new ConcurrentCall(false);
        call.append = appends.incrementAndGet();
        call.events = 1 + random.nextInt(3);
        call.stream = random.nextInt(STREAMS);
        List<Append.Entry> entries = new ArrayList<>();
        for (int i = 0; i < call.events; i++) {
            entries.add(new Append.Entry("stream-" + call.stream, Event.of("Happened", "{}")
                    .withId(new UUID(call.append, i))
                    .withTags("tag:" + random.nextInt(TAGS))));
        }
        Append append = new Append(entries, List.of(), Optional.empty());
        int kind = random.nextInt(5);
        if (kind < 3) {
            call.expected = revisions.get(call.stream);
            Append.ToStream to = Append.to("stream-" + call.stream);
            append = (call.expected < 0 ? to.expectingNoStream() : to.expectingRevision(call.expected))
                    .of(entries.stream().map(Append.Entry::event).toList());
        }
        if (kind == 2 || kind == 3) {
            call.tag = random.nextInt(TAGS);
            call.after = Math.max(0, head - random.nextInt(4));
            append = append.failIfEventsMatch(Query.tag("tag:" + call.tag), call.after);
        }
        calls.add(call);
        return send(store, call, append);
    }

    private boolean send(EventStore store, ConcurrentCall call, Append append) {
        for (int attempt = 0;; attempt++) {
            try {
                Appended appended = store.append(append);
                call.ended = System.nanoTime();
                call.outcome = Outcome.ACKNOWLEDGED;
                call.position = appended.firstPosition();
                long revision = appended.revision("stream-" + call.stream);
                revisions.accumulateAndGet(call.stream, revision, Math::max);
                return true;
            } catch (ConditionFailedException e) {
                call.ended = System.nanoTime();
                call.outcome = Outcome.REFUSED;
                refusal(call, e);
                return true;
            } catch (OutcomeUnknownException e) {
                call.outcome = Outcome.UNKNOWN;
                unknown.incrementAndGet();
                if (!Thread.interrupted() || attempt > 5) {
                    retries.add(new Retry(call, append));
                    return true;
                }
            } catch (StoreBusyException e) {
                if (!Thread.interrupted()) {
                    throw e;
                }
            } catch (StoreFailedException | StoreClosedException e) {
                if (call.outcome == Outcome.UNKNOWN && attempt > 0) {
                    retries.add(new Retry(call, append)); // an earlier attempt may have been written
                } else {
                    call.ended = System.nanoTime();
                    call.outcome = Outcome.NOT_WRITTEN;
                }
                return false;
            }
        }
    }

    private void refusal(ConcurrentCall call, ConditionFailedException e) {
        call.byTag = e.item().isPresent();
        if (call.byTag) {
            call.evidence = e.event().orElseThrow().position();
        } else {
            call.evidence = e.found().map(StreamInfo::lastRevision).orElse(-1L);
            revisions.accumulateAndGet(call.stream, call.evidence, Math::max);
        }
    }

    private boolean read(EventStore store, SplittableRandom random) {
        ConcurrentCall call = new ConcurrentCall(true);
        call.tag = random.nextInt(TAGS);
        try (Reading reading = store.read(Read.of(Query.tag("tag:" + call.tag)).backwards().limit(READ_LIMIT))) {
            call.position = reading.head();
            call.ended = System.nanoTime();
            for (RecordedEvent event : reading) {
                call.count++;
                call.hash = call.hash * 31 + event.position();
            }
            head = Math.max(head, call.position);
            calls.add(call);
            return true;
        } catch (StoreClosedException | StoreFailedException e) {
            return false;
        }
    }
}
