package letopis.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.EventIdTakenException;
import letopis.store.RecordedEvent;
import letopis.store.StoreException;
import letopis.store.StreamTombstonedException;
import letopis.store.TimeBeforeHeadException;

import static org.assertj.core.api.Assertions.assertThat;

/** The appends of a program, and what the model says to each. */
final class ProgramWrites {
    private final Trial trial;
    private final Model model;
    private final List<String> lines;
    private final List<Append> accepted = new ArrayList<>();

    ProgramWrites(Trial trial, Model model, List<String> lines) {
        this.trial = trial;
        this.model = model;
        this.lines = lines;
    }

    void write(Step.Write step, List<Long> headsRead) {
        List<Condition> conditions = step.expectations().stream().map(it -> condition(it, headsRead)).toList();
        Optional<Append.RecordedTime> time = step.time() == Step.Time.CLOCK
                ? Optional.empty()
                : Optional.of(new Append.RecordedTime(model.headTime().plusSeconds(step.seconds()),
                        step.time() == Step.Time.GIVEN_OR_LATER));
        send(new Append(step.entries(), conditions, time), step.way());
    }

    private Condition condition(Step.Expectation expectation, List<Long> headsRead) {
        return switch (expectation) {
            case Step.Expectation.None it -> new Condition.NoStream(it.stream());
            case Step.Expectation.Some it -> new Condition.StreamExists(it.stream());
            case Step.Expectation.At it ->
                new Condition.StreamAt(it.stream(), Math.max(0, model.lastRevision(it.stream()) + it.plus()));
            case Step.Expectation.NoMatch it -> {
                int read = headsRead.size() - 1 - it.since();
                yield new Condition.NoEventsMatch(it.query(), it.since() < 0 || read < 0 ? 0 : headsRead.get(read));
            }
        };
    }

    void retry(Step.Retry step) {
        if (accepted.isEmpty()) {
            return;
        }
        Append first = accepted.get(step.which() % accepted.size());
        List<Append.Entry> entries = new ArrayList<>(first.entries());
        switch (step.change()) {
            case NOTHING -> {
            }
            case WITHOUT_THE_LAST -> {
                if (entries.size() > 1) {
                    entries.removeLast();
                }
            }
            case WITH_ANOTHER -> entries.add(new Append.Entry(entries.getLast().stream(), step.other().event()));
            case TURNED_ROUND -> entries = entries.reversed();
            case OTHER_STREAM ->
                entries.replaceAll(it -> new Append.Entry(step.other().stream(), it.event()));
            case NEW_IDS -> entries = new ArrayList<>(first.withNewIds().entries());
        }
        send(new Append(entries, first.conditions(), first.recordedTime()), Step.Way.APPEND);
    }

    private void send(Append append, Step.Way way) {
        String call = way == Step.Way.APPEND ? "store.append(%s);" : "store.submit(%s).join();";
        lines.add(call.formatted(JavaText.of(append)));
        Appended answer;
        try {
            answer = way == Step.Way.APPEND ? trial.store().append(append) : trial.store().submit(append).join();
        } catch (StoreException refusal) {
            refused(append, refusal);
            return;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof StoreException refusal) {
                refused(append, refusal);
                return;
            }
            throw failure;
        }
        Optional<Appended> before = model.retry(append);
        if (before.isPresent()) {
            assertThat(answer).as("answer to a retry").isEqualTo(before.get());
            return;
        }
        assertThat(refusals(append)).as("why an append that was accepted with %s must be refused", answer).isEmpty();
        long head = model.head();
        assertThat(answer.firstPosition()).as("first position").isGreaterThan(head);
        assertThat(answer).isEqualTo(model.write(append, positions(append, answer, head)));
        accepted.add(append);
    }

    /** At which positions an accepted append was written. */
    private List<Long> positions(Append append, Appended answer, long head) {
        int count = append.entries().size();
        if (trial.has(Capability.GAPLESS_POSITIONS)) {
            assertThat(answer.position()).as("position of the last of %d events after head %d", count, head)
                    .isEqualTo(head + count);
            return LongStream.rangeClosed(head + 1, head + count).boxed().toList();
        }
        return count == 1 ? List.of(answer.position()) : List.of(answer.firstPosition(), answer.position());
    }

    private void refused(Append append, StoreException refusal) {
        lines.add("    // " + refusal.getMessage());
        List<Class<? extends StoreException>> expected = refusals(append);
        assertThat(model.retry(append)).as("what a refused append must be answered with, as it is a retry").isEmpty();
        if (!expected.contains(refusal.getClass())) {
            throw new AssertionError("the append must be " + (expected.isEmpty()
                    ? "accepted"
                    : "refused by " + expected) + " and is refused by " + refusal, refusal);
        }
        if (refusal instanceof ConditionFailedException failed) {
            assertThat(append.conditions()).contains(failed.condition());
            assertThat(model.holds(failed.condition())).as("whether the condition that failed holds").isFalse();
            if (failed.condition() instanceof Condition.NoEventsMatch it) {
                RecordedEvent event = failed.event().orElseThrow();
                assertThat(model.matching(it.query())).as("what matches").contains(event);
                assertThat(event.position()).as("position of the event in the way").isGreaterThan(it.after());
                assertThat(it.query().items().get(failed.item().orElseThrow()).matches(event.stream(), event.event()))
                        .as("whether item %s of the query matches the event in the way", failed.item())
                        .isTrue();
            } else {
                assertThat(failed.found()).as("what was found")
                        .isEqualTo(model.stream(failed.condition().streams().getFirst()));
            }
        }
    }

    /** All reasons to refuse an append; which of them is told where there are several is the store's choice. */
    private List<Class<? extends StoreException>> refusals(Append append) {
        if (model.knowsSomeOf(append)) {
            return List.of(EventIdTakenException.class);
        }
        List<Class<? extends StoreException>> refusals = new ArrayList<>();
        if (append.entries().stream().anyMatch(it -> model.isTombstoned(it.stream()))) {
            refusals.add(StreamTombstonedException.class);
        }
        if (!append.conditions().stream().allMatch(model::holds)) {
            refusals.add(ConditionFailedException.class);
        }
        if (model.isTooOld(append)) {
            refusals.add(TimeBeforeHeadException.class);
        }
        return refusals;
    }
}
