package letopis.engine.sequencer;

import java.util.Optional;

import letopis.engine.index.Index;
import letopis.engine.record.ForgetRecord;
import letopis.engine.record.Name;
import letopis.store.Forget;
import letopis.store.StreamInfo;
import letopis.store.StreamNotFoundException;
import letopis.store.StreamTombstonedException;

/** Decides whether a stream may be forgotten as it was asked, and what is to be written for it. */
final class Forgetting {
    private final Index index;

    Forgetting(Index index) {
        this.index = index;
    }

    /** Why not, if it may not. */
    Optional<RuntimeException> refusal(Forget forget) {
        Optional<StreamInfo> stream = index.stream(Name.of(forget.stream()), index.last(), 0);
        if (stream.isEmpty()) {
            return Optional.of(new StreamNotFoundException(forget.stream()));
        }
        if (stream.get().state() == StreamInfo.State.TOMBSTONED) {
            return forget instanceof Forget.Tombstone
                    ? Optional.empty()
                    : Optional.of(new StreamTombstonedException(forget.stream()));
        }
        if (forget instanceof Forget.Truncate it && it.beforeRevision() > stream.get().lastRevision() + 1) {
            return Optional.of(new IllegalArgumentException(
                    "stream " + it.stream() + " cannot be truncated before revision " + it.beforeRevision()
                            + "; its last revision is " + stream.get().lastRevision()));
        }
        return Optional.empty();
    }

    /** What is to be written; nothing if it is so already. The stream is there. */
    Optional<ForgetRecord> record(Forget forget, long nowMicros) {
        StreamInfo stream = index.stream(Name.of(forget.stream()), index.last(), 0).orElseThrow();
        long next = stream.lastRevision() + 1;
        long time = Math.max(nowMicros, index.timeMicros(index.last()));
        return switch (forget) {
            case Forget.Truncate it -> Optional.of(new ForgetRecord(it, time, it.beforeRevision()));
            case Forget.Retain it -> stream.retention().equals(it.retention())
                    ? Optional.empty()
                    : Optional.of(new ForgetRecord(it, time, 0));
            case Forget.Delete it -> stream.state() == StreamInfo.State.DELETED
                    ? Optional.empty()
                    : Optional.of(new ForgetRecord(it, time, next));
            case Forget.Tombstone it -> stream.state() == StreamInfo.State.TOMBSTONED
                    ? Optional.empty()
                    : Optional.of(new ForgetRecord(it, time, next));
        };
    }
}
