package letopis.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import letopis.store.Append;
import letopis.store.Forget;
import letopis.store.Query;

/**
 * One step of a random program. Steps speak of the present ("at the last revision, plus one") and not of fixed numbers, so
 * that a program keeps its sense when steps are taken out of it.
 */
sealed interface Step {
    /** Simpler forms of this step, to be tried when a program that fails is made shorter. */
    default List<Step> simpler() {
        return List.of();
    }

    /** How the answer to an append is waited for. */
    enum Way {
        APPEND, SUBMIT
    }

    /** Which recorded time is asked for. */
    enum Time {
        CLOCK, GIVEN, GIVEN_OR_LATER
    }

    /**
     * @param seconds the time given, relative to that of the newest event
     */
    record Write(List<Append.Entry> entries, List<Expectation> expectations, Way way, Time time, long seconds)
            implements
                Step {
        @Override
        public List<Step> simpler() {
            List<Step> simpler = new ArrayList<>();
            for (int i = 0; i < entries.size() && entries.size() > 1; i++) {
                simpler.add(new Write(without(entries, i), expectations, way, time, seconds));
            }
            for (int i = 0; i < expectations.size(); i++) {
                simpler.add(new Write(entries, without(expectations, i), way, time, seconds));
            }
            if (time != Time.CLOCK) {
                simpler.add(new Write(entries, expectations, way, Time.CLOCK, 0));
            }
            if (way != Way.APPEND) {
                simpler.add(new Write(entries, expectations, Way.APPEND, time, seconds));
            }
            return simpler;
        }

        private static <T> List<T> without(List<T> list, int index) {
            List<T> rest = new ArrayList<>(list);
            rest.remove(index);
            return rest;
        }
    }

    /** What an append expects. */
    sealed interface Expectation {
        record None(String stream) implements Expectation {}

        record Some(String stream) implements Expectation {}

        /** @param plus relative to the stream's last revision */
        record At(String stream, int plus) implements Expectation {}

        /** @param since after the head of the read that is so many reads ago; below 0 for no position */
        record NoMatch(Query query, int since) implements Expectation {}
    }

    /** How an append that is sent again differs from what was sent first. */
    enum Change {
        NOTHING, WITHOUT_THE_LAST, WITH_ANOTHER, TURNED_ROUND, OTHER_STREAM, NEW_IDS
    }

    /** @param which which of the earlier appends */
    record Retry(int which, Change change, Append.Entry other) implements Step {}

    /** Where a read begins or ends. */
    enum Edge {
        NOWHERE, REVISION, POSITION, TIME
    }

    /**
     * @param fromPart how far into the store the read begins, in percent
     * @param toPart   how far into the store the read ends, in percent
     * @param limit    0 for none
     */
    record Look(Query query, boolean backwards, Edge from, int fromPart, Edge to, int toPart, int limit)
            implements
                Step {
        @Override
        public List<Step> simpler() {
            List<Step> simpler = new ArrayList<>();
            if (from != Edge.NOWHERE) {
                simpler.add(new Look(query, backwards, Edge.NOWHERE, 0, to, toPart, limit));
            }
            if (to != Edge.NOWHERE) {
                simpler.add(new Look(query, backwards, from, fromPart, Edge.NOWHERE, 0, limit));
            }
            if (limit > 0) {
                simpler.add(new Look(query, backwards, from, fromPart, to, toPart, 0));
            }
            return simpler;
        }
    }

    /** @param afterPart how far into the store it begins, in percent */
    record Subscribe(int slot, Query query, int afterPart) implements Step {}

    /** @param events how many to take at most */
    record Take(int slot, int events) implements Step {}

    /** @param revisionPart for a truncation: how far into the stream, in percent */
    record Forgetting(Forget forget, int revisionPart) implements Step {}

    /** Asks for all that is said of streams and types. */
    record Listing(Set<String> streams, String prefix, String after, int limit) implements Step {}

    record Clock(Duration by) implements Step {}

    /** Closes the store and opens it again. */
    record Reopening() implements Step {}
}
