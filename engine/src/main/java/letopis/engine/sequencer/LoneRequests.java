package letopis.engine.sequencer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import letopis.engine.index.Index;
import letopis.engine.record.ForgetRecord;
import letopis.engine.record.TagsRecord;
import letopis.journal.BlockDraft;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.store.Forget;
import letopis.store.StoreException;

/**
 * Does what is done between two blocks of appends, and answers. Nothing else is being made or written meanwhile, and all that came
 * before is durable.
 */
final class LoneRequests {
    private final Journal journal;
    private final Index index;
    private final Forgetting forgetting;
    private final AnsweringThread answers;
    private final EndOfWriting end;

    LoneRequests(Journal journal, Index index, AnsweringThread answers, EndOfWriting end) {
        this.journal = journal;
        this.index = index;
        this.forgetting = new Forgetting(index);
        this.answers = answers;
        this.end = end;
    }

    /** Whether it wrote a block. */
    boolean process(Request.Lone request) throws IOException {
        return switch (request) {
            case Request.OfForget it -> process(it);
            case Request.OfTags it -> process(it);
            case Request.OfTask it -> process(it);
        };
    }

    /** Readers see it when it is durable. */
    private boolean process(Request.OfForget request) throws IOException {
        Forget forget = request.forget();
        Optional<RuntimeException> refusal = forgetting.refusal(forget);
        if (refusal.isPresent()) {
            answers.refuse(request, refusal.get());
            return false;
        }
        Optional<ForgetRecord> record = forgetting.record(forget, request.nowMicros());
        if (record.isEmpty()) {
            answers.tell(request, () -> forget);
            return false;
        }
        return write(request, () -> forget, RecordKind.FORGET, List.of(record.get().encode()),
                () -> index.forget(record.get()));
    }

    /** Readers see them when they are durable. */
    private boolean process(Request.OfTags request) throws IOException {
        List<TagsRecord> records = request.records();
        return write(request, () -> records, RecordKind.TAGS, records.stream().map(TagsRecord::encode).toList(),
                () -> index.addTags(records));
    }

    private boolean process(Request.OfTask request) throws IOException {
        try {
            request.task().run();
        } catch (StoreException e) {
            answers.refuse(request, e);
            return false;
        }
        answers.tell(request, () -> true);
        return false;
    }

    /** Writes a block that takes no position, lets the index know when it is durable, and answers. */
    private boolean write(Request request, Supplier<?> outcome, RecordKind kind, List<byte[]> payloads,
            Runnable whenDurable) throws IOException {
        BlockDraft target;
        try {
            target = journal.draft(payloads.size(), payloads.stream().mapToLong(it -> it.length).sum());
        } catch (StoreException e) {
            answers.refuse(request, e);
            return false;
        }
        for (byte[] payload : payloads) {
            target.add(kind, payload, 0, payload.length);
        }
        List<Decided> alone = List.of(new Decided(request, outcome, true));
        try {
            journal.append(target);
            whenDurable.run();
        } catch (IOException | RuntimeException | Error e) {
            end.come(e, alone);
            return false;
        }
        answers.tell(alone);
        return true;
    }
}
