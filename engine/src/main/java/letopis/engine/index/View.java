package letopis.engine.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.engine.index.run.Entry;
import letopis.engine.index.run.Part;
import letopis.engine.index.run.Run;
import letopis.engine.index.run.StreamRules;
import letopis.engine.index.run.TermKey;
import letopis.engine.index.run.TermKind;
import letopis.engine.record.Name;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an index at one moment: runs, the oldest first, then frozen parts in memory, then the one that grows. Never
 * changes itself; a reader may keep it as long as it wants.
 */
final class View {
    private final long seed;
    private final List<Slot> slots;
    private final AddedTags addedTags;
    private final Part[] parts;
    private final long[] bases;
    private final boolean olderHaveRules;

    View(long seed, List<Slot> slots, AddedTags addedTags) {
        this.seed = seed;
        this.slots = List.copyOf(slots);
        this.addedTags = addedTags;
        parts = new Part[slots.size()];
        bases = new long[parts.length];
        boolean rules = false;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = slots.get(i).part();
            bases[i] = parts[i].base();
            rules |= i < parts.length - 1 && parts[i].hasRules();
        }
        olderHaveRules = rules;
    }

    List<Slot> slots() {
        return slots;
    }

    /** The tags that were added to events after they were stored. */
    AddedTags addedTags() {
        return addedTags;
    }

    /** The parts, the newest last. */
    Part[] parts() {
        return parts;
    }

    /** The part that grows. */
    MemoryPart active() {
        return (MemoryPart) parts[parts.length - 1];
    }

    TermKey key(TermKind kind, Name name) {
        return TermKey.of(seed, kind, name);
    }

    /** Whether anything of any stream is forgotten. */
    boolean hasRules() {
        return olderHaveRules || parts[parts.length - 1].hasRules();
    }

    /** The part that has a position. */
    Part partOf(long position) {
        int low = 0;
        int high = parts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (bases[middle] < position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return parts[low];
    }

    long timeMicros(long position) {
        return partOf(position).timeMicros(position);
    }

    /** The position of the first event at or after this time, or one beyond the head. */
    long firstAtOrAfter(long micros, long head) {
        long low = 1;
        long high = head + 1;
        for (int i = 1; i < parts.length && bases[i] > 0 && bases[i] <= head; i++) {
            if (parts[i - 1].last() > parts[i - 1].base() && parts[i - 1].timeMicros(bases[i]) < micros) {
                low = bases[i] + 1;
            }
        }
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (timeMicros(middle) < micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    PositionCursor cursor(PreparedQuery query, long lowest, long highest, boolean backwards) {
        if (lowest > highest) {
            return PositionCursor.none();
        }
        if (query.matchesEverything()) {
            return new RangeCursor(lowest, highest, backwards);
        }
        List<Part> inRange = new ArrayList<>();
        for (Part part : parts) {
            if (part.base() < highest && part.last() >= lowest) {
                inRange.add(part);
            }
        }
        return new PartsCursor(backwards ? inRange.reversed() : inRange, KeyedQuery.of(query, this, highest), lowest,
                highest, backwards);
    }

    /** Whether an event after a position may match, as far as the newest positions of the query's terms tell. */
    boolean mayMatch(PreparedQuery query, long after) {
        if (query.matchesEverything() || !addedTags.isEmpty()) {
            return true;
        }
        for (int i = parts.length - 1; i >= 0 && parts[i].last() > after; i--) {
            for (PreparedQuery.Item item : query.items()) {
                if (mayMatch(parts[i], item, after)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean mayMatch(Part part, PreparedQuery.Item item, long after) {
        if ((!item.streams().isEmpty() && !hasAny(part, TermKind.STREAM, item.streams(), after))
                || (item.category().isPresent() && !has(part, TermKind.CATEGORY, item.category().get(), after))
                || (!item.types().isEmpty() && !hasAny(part, TermKind.TYPE, item.types(), after))) {
            return false;
        }
        for (Name tag : item.tags()) {
            if (!has(part, TermKind.TAG, tag, after)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasAny(Part part, TermKind kind, List<Name> names, long after) {
        for (Name name : names) {
            if (has(part, kind, name, after)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(Part part, TermKind kind, Name name, long after) {
        Entry entry = part.find(key(kind, name));
        return entry != null && entry.last() > after;
    }

    // ---- streams

    /** What the newest part that has a stream knows of it, of the older parts or of all; null if none has it. */
    @Nullable
    Entry newest(TermKey stream, boolean olderOnly) {
        for (int i = parts.length - (olderOnly ? 2 : 1); i >= 0; i--) {
            Entry entry = parts[i].find(stream);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** What is known of a stream as of a head; null if it has no events up to there. */
    @Nullable
    StreamState stream(TermKey stream, long head) {
        StreamRules rules = null;
        for (int i = parts.length - 1; i >= 0; i--) {
            Entry entry = parts[i].find(stream);
            if (entry != null) {
                rules = rules == null ? entry.rules() : rules;
                long count = entry.countUpTo(head);
                boolean allErased = rules.floor().revision() > entry.baseRevision() + count
                        && rules.floor().position() <= head;
                if (count > 0 && !allErased) {
                    return new StreamState(rules, entry.baseRevision() + count, entry.at(count - 1), false);
                }
                if (allErased || entry.beganHere()) { // a part may still have what was erased since it was saved
                    break;
                }
            }
        }
        StreamRules.Floor floor = rules == null ? StreamRules.Floor.NONE : rules.floor();
        return rules == null || floor.revision() == 0 || floor.position() > head
                ? null
                : new StreamState(rules, floor.revision(), floor.position(), true);
    }

    /** The position of a stream's first event with at least this revision, or one beyond the head if there is none. */
    long positionAtOrAfter(TermKey stream, long revision, long head) {
        long found = head + 1;
        for (int i = parts.length - 1; i >= 0; i--) {
            Entry entry = bases[i] < head ? parts[i].find(stream) : null;
            long count = entry == null ? 0 : entry.countUpTo(head);
            if (entry != null && count > 0) {
                long rank = Math.max(0, revision - entry.baseRevision());
                found = rank < count ? entry.at(rank) : found;
                if (revision >= entry.baseRevision()) {
                    return found;
                }
            }
        }
        return found;
    }

    /** The position of a stream's last event with at most this revision, or 0 if there is none. */
    long positionAtOrBefore(TermKey stream, long revision, long head) {
        for (int i = parts.length - 1; i >= 0; i--) {
            Entry entry = bases[i] < head ? parts[i].find(stream) : null;
            long count = entry == null ? 0 : entry.countUpTo(head);
            if (entry != null && count > 0 && revision >= entry.baseRevision()) {
                return entry.at(Math.min(revision - entry.baseRevision(), count - 1));
            }
        }
        return 0;
    }

    /** The revision of a stream's first event at or beyond a position; the next revision if there is none. */
    long revisionAtOrBeyond(TermKey stream, long position, StreamState state) {
        long revision = state.count();
        for (int i = parts.length - 1; i >= 0 && parts[i].last() >= position; i--) {
            Entry entry = parts[i].find(stream);
            if (entry != null && entry.last() >= position) {
                revision = Math.min(revision, entry.baseRevision() + entry.countUpTo(position - 1));
            }
        }
        return revision;
    }

    /** Whether a read at this head and time sees an event of a stream, or it is forgotten. */
    boolean isKept(Name stream, long revision, long timeMicros, long head, long nowMicros) {
        if (!hasRules()) {
            return true;
        }
        StreamState state = stream(key(TermKind.STREAM, stream), head);
        return state == null || state.rules().equals(StreamRules.NONE)
                || (revision >= state.firstRevision() && timeMicros > state.rules().tooOldMicros(nowMicros));
    }

    /** Whether a stream was ended for ever. */
    boolean isTombstoned(Name stream) {
        if (!hasRules()) {
            return false;
        }
        Entry entry = newest(key(TermKind.STREAM, stream), false);
        return entry != null && entry.rules().tombstoned();
    }

    /** Figures, as of now. */
    IndexStats stats(int frozenParts, Optional<String> failure) {
        int runs = 0;
        int unsaved = 0;
        long bytes = 0;
        long memoryEvents = 0;
        for (Slot slot : slots) {
            if (slot.part() instanceof Run run) {
                runs++;
                bytes += run.bytes();
                unsaved += slot.isSaved() ? 0 : 1;
            } else {
                memoryEvents += slot.part().last() - slot.part().base();
            }
        }
        return new IndexStats(runs, bytes, unsaved, frozenParts, memoryEvents, failure);
    }
}
