package letopis.engine.read;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.engine.index.Index;
import letopis.engine.index.Target;
import letopis.engine.index.run.StreamRules;
import letopis.engine.record.EventKeys;
import letopis.engine.record.FloorRecord;
import letopis.engine.record.ForgetRecord;
import letopis.engine.record.MalformedRecordException;
import letopis.engine.record.Name;
import letopis.engine.record.TagsRecord;
import letopis.journal.BlockVisitor;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.store.StoreDamagedException;

/**
 * Adds the records of the journal to the index, block by block, and checks what they say against what came before them: the
 * same that a writer would have given them. What differs is damage, or a bug of ours, and is named rather than believed.
 */
public final class Replay implements BlockVisitor {
    private static final int MAX_ADDED_TAGS = 50_000;

    private final Journal journal;
    private final Index index;
    private final Publication publication;
    private final EventKeys keys = new EventKeys();
    private final List<TagsRecord> addedTags = new ArrayList<>();
    private boolean erased;

    public Replay(Journal journal, Index index, Publication publication) {
        this.journal = journal;
        this.index = index;
        this.publication = publication;
    }

    @Override
    public void record(long block, RecordKind kind, long position, long place, ByteBuffer payload) {
        try {
            switch (kind) {
                case EVENT -> event(position, place, payload);
                case FORGET -> {
                    if (FloorRecord.isAt(payload)) {
                        floor(FloorRecord.decode(payload), place);
                    } else {
                        forget(ForgetRecord.decode(payload), place);
                    }
                }
                case ERASED -> erased(position, place);
                case TAGS -> tags(TagsRecord.decode(payload), place);
                case SEAL -> {
                    // says nothing of streams: see the seal package
                }
            }
        } catch (MalformedRecordException e) {
            throw damaged(place, "record of block " + block + " cannot be read: " + e.getMessage());
        }
    }

    private void event(long position, long place, ByteBuffer payload) throws MalformedRecordException {
        keys.take(payload);
        long next = index.last() + 1;
        if (position != next || keys.position() != next) {
            throw damaged(place, "the event that should have position " + next + " says " + keys.position()
                    + ", and its block says " + position);
        }
        Target stream = index.target(keys);
        long revision = stream.nextRevision();
        if (erased && keys.revision() > revision && stream.isEmpty()) {
            stream.beginAt(keys.revision());
            revision = keys.revision();
        }
        if (keys.revision() != revision) {
            throw damaged(place, "the event at position " + position + " should be at revision " + revision
                    + " of its stream and says " + keys.revision());
        }
        if (next > 1 && keys.timeMicros() < index.timeMicros(next - 1)) {
            throw damaged(place, "the event at position " + position + " was recorded before that at " + (next - 1));
        }
        index.add(keys, stream, place);
    }

    /** What is erased of a stream are its first events: from here on, a stream may begin at a later revision. */
    private void erased(long position, long place) {
        if (position != index.last() + 1) {
            throw damaged(place, "the erased event that should have position " + (index.last() + 1)
                    + " is at position " + position + " of its block");
        }
        erased = true;
        index.addErased(place);
    }

    private void tags(Optional<TagsRecord> record, long place) {
        if (record.isPresent()) {
            if (record.get().position() > index.last()) {
                throw damaged(place, "tags are added to the event at position " + record.get().position()
                        + ", which is not there yet");
            }
            addedTags.add(record.get());
            if (addedTags.size() >= MAX_ADDED_TAGS) {
                addTags();
            }
        }
    }

    /** Many at once: the index is made anew each time. */
    private void addTags() {
        if (!addedTags.isEmpty()) {
            index.addTags(addedTags);
            addedTags.clear();
        }
    }

    private void forget(ForgetRecord record, long place) {
        String stream = record.forget().stream();
        long next = index.nextRevision(Name.of(stream));
        if (!erased && (next == 0 || record.beforeRevision() > next)) {
            throw damaged(place, "stream " + stream + " is forgotten before revision " + record.beforeRevision()
                    + ", which it does not have");
        }
        index.forget(record);
    }

    private void floor(FloorRecord record, long place) {
        if (record.lastPosition() > index.last()
                || (!erased && record.firstKept() > index.nextRevision(record.stream()))) {
            throw damaged(place, "stream " + record.stream() + " is kept from revision " + record.firstKept()
                    + " on, which it does not have");
        }
        index.setFloor(record.stream(),
                new StreamRules.Floor(record.firstKept(), record.lastPosition(), record.lastPositionMicros()));
    }

    @Override
    public void endOfBlock(long block, long lastPosition) {
        addTags();
        publication.publish(index.last());
        if (index.isDue()) {
            index.freeze(Optional.empty());
        }
    }

    private StoreDamagedException damaged(long place, String what) {
        return journal.damaged(place, what);
    }
}
