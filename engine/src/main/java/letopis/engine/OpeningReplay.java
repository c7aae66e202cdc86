package letopis.engine;

import java.nio.ByteBuffer;
import java.time.Duration;

import letopis.engine.read.Replay;
import letopis.journal.BlockVisitor;
import letopis.journal.RecordKind;

/** The replay of an opening, which says how far it is. */
final class OpeningReplay implements BlockVisitor {
    private static final long PROGRESS_NANOS = Duration.ofMillis(250).toNanos();

    private final Replay replay;
    private final long totalEvents;
    private final OpeningProgress progress;
    private long saidNanos = System.nanoTime();

    OpeningReplay(Replay replay, long totalEvents, OpeningProgress progress) {
        this.replay = replay;
        this.totalEvents = totalEvents;
        this.progress = progress;
    }

    @Override
    public void record(long block, RecordKind kind, long position, long place, ByteBuffer payload) {
        replay.record(block, kind, position, place, payload);
    }

    @Override
    public void endOfBlock(long block, long lastPosition) {
        replay.endOfBlock(block, lastPosition);
        long now = System.nanoTime();
        if (now - saidNanos > PROGRESS_NANOS) {
            saidNanos = now;
            progress.indexed(lastPosition, totalEvents);
        }
    }
}
