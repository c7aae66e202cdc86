package letopis.engine.sequencer;

import java.util.List;
import java.util.function.Supplier;

import letopis.engine.record.TagsRecord;
import letopis.engine.seal.Sealing;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.Forget;

/** What waits for the writer's thread. */
sealed interface Request {
    Answer<?> answer();

    /** Says what came out for it. */
    @SuppressWarnings("unchecked") // an outcome is made for its request, by the methods above
    default void give(Supplier<?> outcome) {
        switch (this) {
            case Request.OfAppend it -> it.answer().give((Supplier<Appended>) outcome);
            case Request.OfForget it -> it.answer().give((Supplier<Forget>) outcome);
            case Request.OfTags it -> it.answer().give((Supplier<List<TagsRecord>>) outcome);
            case Request.OfTask it -> it.answer().give((Supplier<Boolean>) outcome);
            case Request.OfSeal it -> it.settle((Supplier<Long>) outcome);
        }
    }

    /** About how much memory it takes while it waits. */
    long bytes();

    /** Is done between two blocks of appends. */
    sealed interface Lone extends Request {}

    /** Forgets; answered with nothing but the end of the wait. */
    record OfForget(Forget forget, long nowMicros, Answer<Forget> answer) implements Lone {
        @Override
        public long bytes() {
            return 100;
        }
    }

    /** Adds tags to events that are there. */
    record OfTags(List<TagsRecord> records, long bytes, Answer<List<TagsRecord>> answer) implements Lone {
        static OfTags of(List<TagsRecord> records, Answer<List<TagsRecord>> answer) {
            return new OfTags(records, records.stream().mapToLong(it -> it.encode().length).sum(), answer);
        }
    }

    /** Something else. */
    record OfTask(Task task, Answer<Boolean> answer) implements Lone {
        @Override
        public long bytes() {
            return 100;
        }
    }

    /** Appends. */
    record OfAppend(PreparedAppend append, Answer<Appended> answer) implements Request {
        @Override
        public long bytes() {
            return append.payloadBytes();
        }
    }

    /** Puts a seal into the log. */
    record OfSeal(Bytes payload, Sealing.Outcome outcome, Answer<Long> answer) implements Request {
        @Override
        public long bytes() {
            return payload.length();
        }

        /** Tells what came of it. */
        void settle(Supplier<Long> place) {
            long written;
            try {
                written = place.get();
            } catch (RuntimeException _) {
                outcome.refused();
                return;
            }
            outcome.written(written);
        }
    }
}
