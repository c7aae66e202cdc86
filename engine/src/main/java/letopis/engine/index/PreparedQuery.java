package letopis.engine.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import letopis.engine.record.Name;
import letopis.store.Query;

/** A query with its names as the index looks them up: made once on the caller's thread. */
public final class PreparedQuery {
    private final Query query;
    private final List<Item> items;
    private final boolean everything;

    /** An item's names; a part that does not restrict is empty. */
    record Item(List<Name> streams, Optional<Name> category, List<Name> types, List<Name> tags) {}

    private PreparedQuery(Query query, List<Item> items) {
        this.query = query;
        this.items = items;
        this.everything = query.matchesEverything();
    }

    public static PreparedQuery of(Query query) {
        List<Item> items = new ArrayList<>(query.items().size());
        for (Query.Item item : query.items()) {
            items.add(new Item(names(item.streams()), item.category().map(Name::of), names(item.types()),
                    names(item.tags())));
        }
        return new PreparedQuery(query, items);
    }

    private static List<Name> names(Set<String> texts) {
        return texts.isEmpty() ? List.of() : List.of(Name.of(texts));
    }

    public Query query() {
        return query;
    }

    List<Item> items() {
        return items;
    }

    public boolean matchesEverything() {
        return everything;
    }

    /** Whether the next position is always found at once: where it is in one list, or in none. */
    public boolean isOneTerm() {
        if (items.size() > 1) {
            return everything;
        }
        Item item = items.getFirst();
        return item.streams.size() + (item.category.isPresent() ? 1 : 0) + item.types.size() + item.tags.size() <= 1;
    }
}
