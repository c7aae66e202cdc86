package letopis.engine.index;

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
        return new PreparedQuery(query,
                query.items()
                        .stream()
                        .map(item -> new Item(names(item.streams()), item.category().map(Name::of), names(item.types()),
                                names(item.tags())))
                        .toList());
    }

    private static List<Name> names(Set<String> texts) {
        return texts.stream().map(Name::of).toList();
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
}
