package letopis.journal.file;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How far the log is published, for the readers in this process, and where its blocks are to be looked for. One thread
 * advances it; safe for any number that read it.
 */
final class Published {
    /** For each segment the number of its first block, and the end of the log before it, moved into this segment. */
    private final ConcurrentSkipListMap<Long, JournalEnd> beginnings = new ConcurrentSkipListMap<>();

    private volatile JournalEnd end;
    private final LongAdder usedBytes = new LongAdder();

    Published(JournalEnd beginning) {
        end = beginning;
        beginnings.put(beginning.block() + 1, beginning);
    }

    JournalEnd end() {
        return end;
    }

    long usedBytes() {
        return usedBytes.sum();
    }

    /** The nearest known beginning of a block, at or before the one with a number. */
    JournalEnd beginning(long block) {
        return beginnings.floorEntry(block).getValue();
    }

    /** A block became part of the published log. */
    void advance(JournalEnd before, JournalEnd after, long bytes) {
        if (before.segment() != end.segment()) {
            beginnings.put(after.block(), before);
        }
        usedBytes.add(bytes);
        end = after;
    }
}
