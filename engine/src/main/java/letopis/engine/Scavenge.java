package letopis.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

import letopis.engine.index.Index;
import letopis.engine.index.run.StreamRules;
import letopis.engine.read.Events;
import letopis.engine.record.EventKeys;
import letopis.engine.record.FloorRecord;
import letopis.engine.record.MalformedRecordException;
import letopis.engine.record.Name;
import letopis.engine.record.TagsRecord;
import letopis.engine.seal.EventLeaf;
import letopis.engine.sequencer.Sequencer;
import letopis.journal.BlockDraft;
import letopis.journal.EventEraser;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.journal.SegmentRewrite;
import letopis.store.StoreFailedException;

/**
 * Takes what was forgotten from the disk, while the store is in use.
 *
 * <p>First the writer's thread begins a new segment and writes, for each stream of which more is forgotten than was erased, a
 * floor: from which revision on it is kept for good. From then on nothing of what follows depends on a clock, or on rules that
 * somebody may change. Then each full segment is written anew without the events below their streams' floors, and last the
 * parts of the index. Each step is one that a crash leaves done or not done; running it again does the rest.
 */
final class Scavenge {
    private static final int FLOORS_IN_A_BLOCK = 1000;
    private static final int POSITIONS_IN_A_SET = 1 << 24;

    private final Journal journal;
    private final Events events;
    private final Index index;
    private final Sequencer sequencer;
    private final ScavengeProgress progress;
    private final boolean keepsLeaves;
    private final Map<Name, Long> floors = new HashMap<>();
    private final List<BitSet> erased = new ArrayList<>();
    private final EventKeys keys = new EventKeys();

    Scavenge(Journal journal, Events events, Sequencer sequencer, ScavengeProgress progress,
            boolean keepsLeaves) {
        this.keepsLeaves = keepsLeaves;
        this.journal = journal;
        this.events = events;
        this.index = events.index();
        this.sequencer = sequencer;
        this.progress = progress;
    }

    ScavengeReport run() {
        List<Name> due = new ArrayList<>();
        index.forEachForgotten(events.publication().head(), events.nowMicros(), stream -> {
            if (stream.due() > stream.known().revision()) {
                due.add(stream.stream());
            }
        });
        if (!due.isEmpty()) {
            sequencer.run(() -> writeFloors(due));
        }
        index.forEachForgotten(events.publication().head(), events.nowMicros(), stream -> {
            if (stream.known().revision() > 0) {
                floors.put(stream.stream(), stream.known().revision());
            }
        });
        try {
            ScavengeReport report = eraseAll();
            events.dropShared();
            if (!erased.isEmpty()) {
                dropFromIndex();
            }
            return report;
        } catch (IOException e) {
            throw new StoreFailedException("scavenging was not done to the end: " + e.getMessage(), e);
        }
    }

    /** In the writer's thread. */
    private void writeFloors(List<Name> streams) throws IOException {
        journal.sealSegment();
        long now = Math.max(events.nowMicros(), index.last() == 0 ? 0 : index.timeMicros(index.last()));
        for (int from = 0; from < streams.size(); from += FLOORS_IN_A_BLOCK) {
            List<FloorRecord> block = new ArrayList<>();
            for (Name name : streams.subList(from, Math.min(streams.size(), from + FLOORS_IN_A_BLOCK))) {
                floor(name, now).ifPresent(block::add);
            }
            if (!block.isEmpty()) {
                write(block);
            }
        }
        journal.force();
    }

    /** The floor of a stream as its rules are at this moment; nothing if it has that. */
    private Optional<FloorRecord> floor(Name name, long now) {
        return index.floors(name, index.last(), now)
                .filter(stream -> stream.due() > stream.known().revision())
                .map(stream -> {
                    long position = index.positionAtOrBefore(name.toString(), stream.due() - 1, index.last());
                    return new FloorRecord(name, now, stream.due(), position, index.timeMicros(position));
                });
    }

    private void write(List<FloorRecord> block) throws IOException {
        List<byte[]> payloads = block.stream().map(FloorRecord::encode).toList();
        BlockDraft draft = journal.draft(payloads.size(), payloads.stream().mapToLong(it -> it.length).sum());
        for (byte[] payload : payloads) {
            draft.add(RecordKind.FORGET, payload, 0, payload.length);
        }
        journal.append(draft);
        for (FloorRecord floor : block) {
            index.setFloor(floor.stream(),
                    new StreamRules.Floor(floor.firstKept(), floor.lastPosition(), floor.lastPositionMicros()));
        }
    }

    private ScavengeReport eraseAll() throws IOException {
        long count = 0;
        long before = 0;
        long after = 0;
        int segments = 0;
        int last = floors.isEmpty() ? 0 : journal.sealedSegments();
        for (int number = 1; number <= last; number++) {
            SegmentRewrite rewrite = journal.erase(number, new Forgotten());
            count += rewrite.erased();
            segments += rewrite.erased() > 0 ? 1 : 0;
            before += rewrite.bytesBefore();
            after += rewrite.bytesAfter();
            progress.scavenged(number, last, count, before - after);
        }
        return new ScavengeReport(count, floors.size(), segments, before - after);
    }

    private void dropFromIndex() throws IOException {
        AtomicReference<CompletableFuture<Void>> dropping = new AtomicReference<>();
        sequencer.run(() -> {
            journal.force();
            index.dropTags(this::isErased);
            index.freeze(Optional.of(journal.mark()));
            dropping.set(index.drop(this::isErased));
        });
        try {
            dropping.get().join();
        } catch (CompletionException e) {
            throw new IOException("the index still knows of what was erased; run it again: " + e.getCause(), e);
        }
    }

    private boolean isErased(long position) {
        int set = (int) (position / POSITIONS_IN_A_SET);
        return set < erased.size() && erased.get(set).get((int) (position % POSITIONS_IN_A_SET));
    }

    private void setErased(long position) {
        int set = (int) (position / POSITIONS_IN_A_SET);
        while (erased.size() <= set) {
            erased.add(new BitSet());
        }
        erased.get(set).set((int) (position % POSITIONS_IN_A_SET));
    }

    /** Picks the events that lie below their streams' floors. */
    private final class Forgotten implements EventEraser {
        private static final byte[] NOTHING = {};

        @Override
        public Optional<byte[]> erase(long position, ByteBuffer payload) {
            try {
                keys.take(payload.duplicate());
            } catch (MalformedRecordException e) {
                throw new StoreFailedException("the event at position " + position + " cannot be read", e);
            }
            byte[] name = new byte[keys.streamLength()];
            System.arraycopy(keys.array(), keys.streamOffset(), name, 0, name.length);
            Long floor = floors.get(Name.ofUtf8(name));
            if (floor == null || keys.revision() >= floor) {
                return Optional.empty();
            }
            Optional<byte[]> left = keepsLeaves ? EventLeaf.kept(payload) : Optional.of(NOTHING);
            left.ifPresent(_ -> setErased(position));
            return left;
        }

        @Override
        public boolean erases(RecordKind kind, ByteBuffer payload) {
            try {
                return kind == RecordKind.TAGS && TagsRecord.decode(payload)
                        .filter(record -> record instanceof TagsRecord.Added && isErased(record.position()))
                        .isPresent();
            } catch (MalformedRecordException e) {
                throw new StoreFailedException("a record of added tags cannot be read", e);
            }
        }

        @Override
        public void erasedBefore(long position) {
            setErased(position);
        }
    }
}
