package letopis.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.engine.index.Index;
import letopis.engine.read.Publication;
import letopis.engine.read.Replay;
import letopis.journal.BlockVisitor;
import letopis.journal.RecordKind;
import letopis.store.StoreDamagedException;

/**
 * Reads a store from its beginning to its end and checks it as an opening does: the journal checks its blocks and checksums,
 * and the {@link Replay} checks what the records say against what came before them.
 */
final class Verifier implements BlockVisitor {
    private static final long PROGRESS_NANOS = Duration.ofMillis(250).toNanos();

    private final VerifyProgress progress;
    private final Index index = new Index(false);
    private final Replay replay = new Replay(index, new Publication("the store that is verified"));
    private final List<Fault> faults = new ArrayList<>();
    private long totalBytes;
    private long blocks;
    private long bytes;
    private long saidNanos = System.nanoTime();

    Verifier(VerifyProgress progress) {
        this.progress = progress;
    }

    Verification verify(Path directory) {
        try {
            Opening opening = Opening.forReading(directory);
            try {
                totalBytes = opening.journal().stats().usedBytes();
                opening.journal().replay(1, this);
            } catch (IOException e) {
                throw opening.failed(e);
            } finally {
                opening.abandon();
            }
        } catch (StoreDamagedException e) {
            add(e);
        }
        progress.checked(bytes, Math.max(bytes, totalBytes));
        return new Verification(blocks, index.last(), index.streamCount(index.last()), bytes, Optional.empty(), faults);
    }

    private void add(StoreDamagedException e) {
        faults.add(new Fault(e.place(), e.offset(), e.damage()));
    }

    @Override
    public void record(long block, RecordKind kind, long position, long place, ByteBuffer payload) {
        bytes += payload.remaining();
        replay.record(block, kind, position, place, payload);
    }

    @Override
    public void endOfBlock(long block, long lastPosition) {
        blocks++;
        replay.endOfBlock(block, lastPosition);
        long now = System.nanoTime();
        if (now - saidNanos > PROGRESS_NANOS) {
            saidNanos = now;
            progress.checked(bytes, Math.max(bytes, totalBytes));
        }
    }
}
