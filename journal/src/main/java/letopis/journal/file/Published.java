package letopis.journal.file;

import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

import letopis.journal.JournalMark;

/**
 * How far the log is published, for the readers in this process, and where its blocks are to be looked for. One thread
 * advances it; safe for any number that read it.
 */
final class Published {
    /**
     * Of each segment that was read or written, the number of its first block, and the end of the log before it, moved into
     * this segment; and the same of the place where reading began. There is always that of block 1.
     */
    private final ConcurrentSkipListMap<Long, JournalEnd> beginnings = new ConcurrentSkipListMap<>();

    private volatile Head head;
    private Optional<JournalMark> resumedFrom = Optional.empty();

    /** What is published, all of one moment. */
    private record Head(JournalEnd end, long lastPlace, long usedBytes) {}

    Published(JournalEnd beginning) {
        head = new Head(beginning, 0, 0);
        beginnings.put(beginning.block() + 1, beginning);
    }

    JournalEnd end() {
        return head.end;
    }

    long usedBytes() {
        return head.usedBytes;
    }

    JournalMark mark() {
        Head now = head;
        return new JournalMark(now.end.block(), now.end.position(), now.lastPlace,
                Place.of(now.end.segment(), now.end.offset()), now.usedBytes);
    }

    /** The nearest known beginning of a block, at or before the one with a number. */
    JournalEnd beginning(long block) {
        return beginnings.floorEntry(block).getValue();
    }

    /** The mark where reading began, if it did not begin at the first block. */
    Optional<JournalMark> resumedFrom() {
        return resumedFrom;
    }

    /** All up to a mark is published; nothing was before. Called before any other thread knows of this. */
    void resume(JournalEnd end, JournalMark mark) {
        resumedFrom = Optional.of(mark);
        beginnings.put(end.block() + 1, end);
        head = new Head(end, mark.lastPlace(), mark.usedBytes());
    }

    /** Where the block begins that follows this end: right behind it, or at the beginning of the next segment. */
    JournalEnd nextBlock(JournalEnd after) {
        JournalEnd beginning = beginning(after.block() + 1);
        return beginning.segment() > after.segment() ? beginning : after;
    }

    /** A block became part of the published log. */
    void advance(JournalEnd before, JournalEnd after, long bytes) {
        Head old = head;
        if (before.segment() != old.end.segment()) {
            beginnings.put(after.block(), before);
        }
        head = new Head(after, Place.of(before.segment(), before.offset()), old.usedBytes + bytes);
    }
}
