package letopis.engine.index;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

import letopis.engine.index.run.Entry;
import letopis.engine.index.run.EntryWalk;
import letopis.engine.index.run.Part;
import letopis.engine.index.run.StreamRules;
import letopis.engine.index.run.TermKey;
import letopis.engine.index.run.TermKind;
import letopis.engine.record.Name;
import letopis.store.StreamInfo;
import letopis.store.TypeInfo;
import org.jspecify.annotations.Nullable;

/** Answers what streams and types there are, and what is known of them, from a view of the index at one head and time. */
final class Streams {
    private static final byte[] FROM_THE_FIRST = {};
    private static final int PAGE = 1000;

    private final View view;
    private final long head;
    private final long nowMicros;

    Streams(View view, long head, long nowMicros) {
        this.view = view;
        this.head = head;
        this.nowMicros = nowMicros;
    }

    /** What is known of a stream; null if it has no events. */
    @Nullable
    StreamInfo info(Name name) {
        TermKey stream = view.key(TermKind.STREAM, name);
        StreamState state = view.stream(stream, head);
        if (state == null) {
            return null;
        }
        StreamRules rules = state.rules();
        long first = state.firstRevision();
        long tooOld = rules.tooOldMicros(nowMicros);
        if (tooOld != Long.MIN_VALUE) {
            first = Math.max(first, view.revisionAtOrBeyond(stream, view.firstAtOrAfter(tooOld + 1, head), state));
        }
        StreamInfo.State is = rules.tombstoned()
                ? StreamInfo.State.TOMBSTONED
                : rules.isDeleted(state.count()) ? StreamInfo.State.DELETED : StreamInfo.State.OPEN;
        long lastMicros = state.lastErased() ? rules.floor().timeMicros() : view.timeMicros(state.lastPosition());
        return new StreamInfo(name.toString(), is, Math.min(first, state.count()), state.count() - 1,
                state.lastPosition(), instant(lastMicros), rules.retention());
    }

    /** From which revision on a stream is kept; null if it has no events. */
    Index.@Nullable Floors floors(Name name) {
        StreamInfo info = info(name);
        StreamState state = view.stream(view.key(TermKind.STREAM, name), head);
        return info == null || state == null
                ? null
                : new Index.Floors(name, info.firstRevision(), state.rules().floor());
    }

    /** Visits each stream of which something is forgotten. */
    void forEachForgotten(Consumer<Index.Floors> visitor) {
        String after = "";
        for (List<StreamInfo> page = page("", after, PAGE); !page.isEmpty(); page = page("", after, PAGE)) {
            for (StreamInfo info : page) {
                Index.Floors floors = info.firstRevision() > 0 ? floors(Name.of(info.stream())) : null;
                if (floors != null) {
                    visitor.accept(floors);
                }
            }
            after = page.getLast().stream();
        }
    }

    /** A page of the streams: see {@link letopis.store.EventStore#streams}. */
    List<StreamInfo> page(String prefixText, String afterText, int limit) {
        byte[] prefix = prefixText.getBytes(StandardCharsets.UTF_8);
        byte[] after = afterText.getBytes(StandardCharsets.UTF_8);
        byte[] from = Arrays.compareUnsigned(after, prefix) >= 0 ? after : prefix;
        Part[] parts = view.parts();
        EntryWalk[] walks = new EntryWalk[parts.length];
        byte[] @Nullable [] names = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            walks[i] = parts[i].entries(TermKind.STREAM, from);
            names[i] = nameOf(walks[i].next());
        }
        List<StreamInfo> page = new ArrayList<>();
        for (byte[] name = lowest(names); name != null && startsWith(name, prefix)
                && page.size() < limit; name = lowest(
                        names)) {
            StreamInfo info = Arrays.equals(name, after) ? null : info(Name.ofUtf8(name));
            if (info != null) {
                page.add(info);
            }
            for (int i = 0; i < names.length; i++) {
                if (names[i] != null && Arrays.equals(names[i], name)) {
                    names[i] = nameOf(walks[i].next());
                }
            }
        }
        return page;
    }

    private static byte @Nullable [] nameOf(@Nullable Entry entry) {
        return entry == null ? null : entry.name();
    }

    private static byte @Nullable [] lowest(byte[] @Nullable [] names) {
        byte @Nullable [] lowest = null;
        for (byte[] name : names) {
            if (name != null && (lowest == null || Arrays.compareUnsigned(name, lowest) < 0)) {
                lowest = name;
            }
        }
        return lowest;
    }

    private static boolean startsWith(byte[] name, byte[] prefix) {
        return name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The types of the events, ordered by the bytes of their names. */
    List<TypeInfo> types() {
        TreeMap<byte[], long[]> found = new TreeMap<>(Arrays::compareUnsigned);
        for (Part part : view.parts()) {
            EntryWalk walk = part.entries(TermKind.TYPE, FROM_THE_FIRST);
            for (Entry entry = walk.next(); entry != null; entry = walk.next()) {
                long count = entry.countUpTo(head);
                if (count > 0) {
                    long[] sums = found.computeIfAbsent(entry.name(), _ -> new long[3]);
                    sums[1] = sums[0] == 0 ? entry.at(0) : sums[1];
                    sums[0] += count;
                    sums[2] = entry.at(count - 1);
                }
            }
        }
        List<TypeInfo> all = new ArrayList<>(found.size());
        found.forEach((name, sums) -> all.add(new TypeInfo(new String(name, StandardCharsets.UTF_8), sums[0], sums[1],
                instant(view.timeMicros(sums[1])), sums[2], instant(view.timeMicros(sums[2])))));
        return all;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
