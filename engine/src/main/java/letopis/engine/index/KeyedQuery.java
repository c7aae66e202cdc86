package letopis.engine.index;

import java.util.ArrayList;
import java.util.List;

import letopis.engine.index.run.TermKey;
import letopis.engine.index.run.TermKind;
import letopis.engine.record.Name;

/**
 * A query as parts are asked: its terms hashed once for all of them, and of each stream the first revision that is kept.
 *
 * @param items what matches any of these matches
 */
record KeyedQuery(List<Item> items) {
    /** All of some restrictions, each any of some terms. */
    record Item(List<List<Sought>> restrictions) {}

    /**
     * A term.
     *
     * @param added         of a tag, the positions of events that it was added to after they were stored
     * @param firstRevision of a stream, the first revision that is kept, age aside; else 0
     */
    record Sought(TermKey key, long firstRevision, AddedPositions added) {}

    static KeyedQuery of(PreparedQuery query, View view, long head) {
        List<Item> items = new ArrayList<>(query.items().size());
        for (PreparedQuery.Item item : query.items()) {
            List<List<Sought>> restrictions = new ArrayList<>(3);
            add(restrictions, TermKind.STREAM, item.streams(), view, head);
            item.category().ifPresent(it -> add(restrictions, TermKind.CATEGORY, List.of(it), view, head));
            add(restrictions, TermKind.TYPE, item.types(), view, head);
            for (Name tag : item.tags()) {
                add(restrictions, TermKind.TAG, List.of(tag), view, head);
            }
            items.add(new Item(restrictions));
        }
        return new KeyedQuery(items);
    }

    private static void add(List<List<Sought>> restrictions, TermKind kind, List<Name> names, View view, long head) {
        if (!names.isEmpty()) {
            boolean looksAtRules = kind == TermKind.STREAM && view.hasRules();
            List<Sought> any = new ArrayList<>(names.size());
            for (Name name : names) {
                TermKey key = view.key(kind, name);
                any.add(new Sought(key, looksAtRules ? firstRevision(key, view, head) : 0,
                        kind == TermKind.TAG ? view.addedTags().positions(name.toString()) : AddedPositions.NONE));
            }
            restrictions.add(any);
        }
    }

    private static long firstRevision(TermKey stream, View view, long head) {
        StreamState state = view.stream(stream, head);
        return state == null ? 0 : state.firstRevision();
    }
}
