package letopis.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.OutcomeUnknownException;

/**
 * The way of one command: read and fold, decide, append under conditions; all of it again when a condition failed, then in
 * {@link Turn}.
 *
 * <p>An append whose outcome is unknown is never decided anew, since that could make it happen twice. It is sent again once,
 * with the same event ids, so that the store says what became of it: either it answers as it would have the first time, or
 * a condition fails, and then the first one cannot be written any more either. Where the caller was interrupted, the unknown
 * outcome is handed on at once instead: whoever interrupts does not want to wait.
 *
 * @param evolve the state after an event
 * @param ids    where the ids of new events come from
 */
record Handling<S, E>(EventStore store, EventTypes<E> types, Supplier<? extends S> initial,
        BiFunction<? super S, ? super E, ? extends S> evolve, Retries retries, Supplier<UUID> ids) {
    Handling(EventStore store, EventTypes<E> types, Supplier<? extends S> initial,
            BiFunction<? super S, ? super E, ? extends S> evolve) {
        this(store, types, initial, evolve, Retries.DEFAULT, UUID::randomUUID);
    }

    Handling<S, E> with(Retries otherRetries) {
        return new Handling<>(store, types, initial, evolve, otherRetries, ids);
    }

    Handling<S, E> with(Supplier<UUID> otherIds) {
        return new Handling<>(store, types, initial, evolve, retries, otherIds);
    }

    Fold<S, E> fold() {
        return Fold.fresh(types, initial, evolve);
    }

    /**
     * @param read    reads the newest state
     * @param guard   what must still hold of the state that was decided on
     * @param concern which of the new events belong to the state
     */
    Handled<S, E> handle(String stream, Decision<S, E> decision, Supplier<Folded<S>> read,
            Function<Folded<S>, Condition> guard, Predicate<Event> concern) {
        Optional<Turn> turn = Turn.ifOthersWait(store, stream);
        try {
            for (int attempt = 1;; attempt++) {
                Folded<S> before = read.get();
                List<E> events = List.copyOf(decision.decide(before.state()));
                if (events.isEmpty()) {
                    return new Handled<>(before.state(), events, Optional.empty(), before.position());
                }
                List<Append.Entry> entries = entries(stream, events, decision.command());
                try {
                    Appended appended = send(new Append(entries, List.of(guard.apply(before)), Optional.empty()));
                    S after = evolve(before.state(), events, entries, concern);
                    return new Handled<>(after, events, Optional.of(appended), appended.position());
                } catch (ConditionFailedException conflict) {
                    if (attempt >= retries.attempts()) {
                        throw new TooManyConflictsException(stream, attempt, conflict);
                    }
                }
                if (turn.isPresent()) {
                    pause(retries.waitAfter(attempt));
                } else {
                    turn = Optional.of(Turn.await(store, stream));
                }
            }
        } finally {
            turn.ifPresent(Turn::end);
        }
    }

    private S evolve(S before, List<E> events, List<Append.Entry> entries, Predicate<Event> concern) {
        S state = before;
        for (int i = 0; i < events.size(); i++) {
            if (concern.test(entries.get(i).event())) {
                state = evolve.apply(state, events.get(i));
            }
        }
        return state;
    }

    private List<Append.Entry> entries(String stream, List<E> events, Optional<String> command) {
        Bytes metadata = Cause.current().toMetadata(command);
        List<Append.Entry> entries = new ArrayList<>(events.size());
        for (E event : events) {
            entries.add(new Append.Entry(stream, types.encode(event, ids.get(), metadata)));
        }
        return entries;
    }

    private Appended send(Append append) {
        try {
            return store.append(append);
        } catch (OutcomeUnknownException unknown) {
            if (Thread.currentThread().isInterrupted() || unknown.getCause() instanceof InterruptedException) {
                throw unknown;
            }
            return store.append(append);
        }
    }

    /** An interrupt ends the pause early and stays set: the next append or read of the store answers to it. */
    private static void pause(Duration wait) {
        if (wait.isPositive()) {
            LockSupport.parkNanos(wait.toNanos());
        }
    }
}
