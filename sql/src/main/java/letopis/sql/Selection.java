package letopis.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import letopis.sql.dialect.Tables;
import letopis.store.Query;

/**
 * The events that match a query, as SQL. Each item of a query becomes one or more searches of which each follows one index in the order
 * of positions and ends at the page's limit, so that no query reads more of an index than a page, however rare or frequent
 * what it names is: a stream, a type and a tag by themselves, several types as several searches.
 */
final class Selection {
    /** Beyond so many combinations of streams and types in one item, they are filtered rather than searched for one by one. */
    private static final int MAX_SEARCHES = 64;
    /** MySQL joins at most 61 tables; the tags beyond are looked up event by event. */
    private static final int MAX_JOINED_TAGS = 16;

    private final Tables tables;
    private final String suffix;

    /** @param suffix what every query over a table ends with; one at the outermost does not reach those within */
    Selection(Tables tables, String suffix) {
        this.tables = tables;
        this.suffix = suffix;
    }

    /**
     * At most so many events.
     *
     * @param table   a table expression {@code e}
     * @param ordered the same behind {@code from}, with its order, and without a table between where that can be spared: MySQL
     *                    would write it down first
     */
    record Chosen(Sql table, Sql ordered) {}

    /**
     * The events of a query.
     *
     * @param above only positions above
     * @param upTo  only positions up to
     */
    Chosen byPosition(Query query, long above, long upTo, boolean backwards, int limit) {
        List<Sql> searches = new ArrayList<>();
        if (query.matchesEverything()) {
            return everything(above, upTo, backwards, limit);
        }
        for (Query.Item item : query.items()) {
            for (Query.Item one : split(item)) {
                searches.add(search(one, above, upTo, backwards, limit));
            }
        }
        Query.Item only = query.items().getFirst();
        if (searches.size() == 1 && only.tags().isEmpty()) {
            return events(columns(only), order(only), above, upTo, backwards, limit);
        }
        Sql all = Sql.of("(select v.* from (select position from (");
        for (int i = 0; i < searches.size(); i++) {
            all.add(i == 0 ? "" : " union ").add("select position from (").add(searches.get(i)).add(") s" + i);
        }
        all.add(") u order by position" + direction(backwards) + " limit " + limit + ") p join "
                + tables.event() + " v on v.position = p.position" + suffix + ") e");
        return new Chosen(all, new Sql().add(all).add(" order by e.position" + direction(backwards)));
    }

    /**
     * Positions have no holes, so that a page is a range of them; said so, because a planner that knows little of the table may
     * otherwise read and sort all that lies above. Backwards the range may begin beyond the head.
     */
    private Chosen everything(long above, long upTo, boolean backwards, int limit) {
        return events(Sql.of("1 = 1"), "position", above, backwards ? upTo : Math.min(upTo, above + limit), backwards,
                limit);
    }

    /** The same for the events of one stream, found by their revisions. */
    Chosen byRevision(Query query, String stream, long from, long to, long above, long upTo, boolean backwards,
            int limit) {
        Sql where = Sql.of("stream = ? and revision >= ? and revision <= ?", stream, from, to);
        if (query.items().stream().noneMatch(it -> it.types().isEmpty() && it.tags().isEmpty())) {
            for (int i = 0; i < query.items().size(); i++) {
                Query.Item item = query.items().get(i);
                where.add(i == 0 ? " and (" : " or ").add("(1 = 1");
                types(where, "type", item.types());
                for (String tag : item.tags()) {
                    where.add(" and exists (select 1 from " + tables.eventTag()
                            + " t where t.tag = ? and t.position = e.position)", tag);
                }
                where.add(")");
            }
            where.add(")");
        }
        return events(where, "revision", above, upTo, backwards, limit);
    }

    private Chosen events(Sql where, String order, long above, long upTo, boolean backwards, int limit) {
        Sql events = Sql.of(tables.event() + " e where ").add(where);
        bounds(events, "position", above, upTo);
        events.add(" order by " + order + direction(backwards) + " limit " + limit);
        return new Chosen(Sql.of("(select e.* from ").add(events).add(suffix + ") e"), events);
    }

    private Sql search(Query.Item item, long above, long upTo, boolean backwards, int limit) {
        Sql search;
        if (item.tags().isEmpty()) {
            search = Sql.of("select position from " + tables.event() + " where ").add(columns(item));
            bounds(search, "position", above, upTo);
            return search.add(" order by " + order(item) + direction(backwards) + " limit " + limit + suffix);
        }
        search = Sql.of("select t0.position from " + tables.eventTag() + " t0");
        List<String> tags = List.copyOf(item.tags());
        int joined = Math.min(tags.size(), MAX_JOINED_TAGS);
        for (int i = 1; i < joined; i++) {
            search.add(" join " + tables.eventTag() + " t" + i + " on t" + i + ".position = t0.position and t" + i
                    + ".tag = ?", tags.get(i));
        }
        if (!item.streams().isEmpty() || item.category().isPresent() || !item.types().isEmpty()) {
            search.add(" join " + tables.event() + " f on f.position = t0.position and ").add(columns(item));
        }
        search.add(" where t0.tag = ?", tags.getFirst());
        if (joined < tags.size()) {
            List<String> others = tags.subList(joined, tags.size());
            search.add(
                    " and (select count(*) from " + tables.eventTag() + " c where c.position = t0.position and c.tag")
                    .in(others)
                    .add(suffix + ") = " + others.size());
        }
        bounds(search, "t0.position", above, upTo);
        return search.add(" order by t0.position" + direction(backwards) + " limit " + limit + suffix);
    }

    /** What an item says of the columns of an event. */
    private static Sql columns(Query.Item item) {
        Sql where = Sql.of("1 = 1");
        if (!item.streams().isEmpty()) {
            where.add(" and stream").in(item.streams());
        }
        item.category().ifPresent(it -> where.add(" and category = ?", it));
        types(where, "type", item.types());
        return where;
    }

    private static void types(Sql where, String column, Set<String> types) {
        if (types.size() == 1) {
            where.add(" and " + column + " = ?", types.iterator().next());
        } else if (!types.isEmpty()) {
            where.add(" and " + column).in(types);
        }
    }

    private static void bounds(Sql sql, String position, long above, long upTo) {
        if (above > 0) {
            sql.add(" and " + position + " > ?", above);
        }
        if (upTo < Long.MAX_VALUE) {
            sql.add(" and " + position + " <= ?", upTo);
        }
    }

    /** An item as items of one stream or one type each, so that each is one run of an index. */
    private static List<Query.Item> split(Query.Item item) {
        if (!item.tags().isEmpty() || Math.max(item.streams().size(), item.types().size()) > MAX_SEARCHES) {
            return List.of(item);
        }
        if (!item.streams().isEmpty()) {
            return item.streams()
                    .stream()
                    .map(it -> new Query.Item(Set.of(it), item.category(), item.types(), Set.of()))
                    .toList();
        }
        if (item.category().isPresent() || item.types().isEmpty()) {
            return List.of(item);
        }
        return item.types()
                .stream()
                .map(it -> new Query.Item(Set.of(), item.category(), Set.of(it), Set.of()))
                .toList();
    }

    /** A stream's events are found by their revisions, which have the order of positions. */
    private static String order(Query.Item item) {
        return item.streams().size() == 1 ? "revision" : "position";
    }

    private static String direction(boolean backwards) {
        return backwards ? " desc" : "";
    }
}
