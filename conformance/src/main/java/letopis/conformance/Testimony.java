package letopis.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import letopis.store.Bytes;
import letopis.store.Query;
import letopis.store.RecordedEvent;

/**
 * What an event of a {@link SelfVerifyingHistory} says of its own append, in its data, so that the log alone can be judged.
 *
 * <pre>
 *     append 3.17
 *     event 0 of 2
 *     at k-2 5                      the stream that was expected, and its revision; -1 for none
 *     query 1205 A,B/t;/u           the position after which nothing was to match, and what: types/tags;types/tags
 * </pre>
 *
 * @param append   writer and number: names the append
 * @param index    the event's number in its append
 * @param count    how many events the append has
 * @param stream   the stream whose revision was expected
 * @param revision that revision; -1 if there was to be no such stream
 * @param query    what was not to match
 * @param after    beyond which position
 */
record Testimony(String append, int index, int count, Optional<String> stream, long revision, Optional<Query> query,
        long after) {
    static Testimony of(String append, int index, int count) {
        return new Testimony(append, index, count, Optional.empty(), -1, Optional.empty(), 0);
    }

    Testimony expecting(String name, OptionalLong lastRevision) {
        return new Testimony(append, index, count, Optional.of(name), lastRevision.orElse(-1), query, after);
    }

    Testimony noMatch(Query notToMatch, long position) {
        return new Testimony(append, index, count, stream, revision, Optional.of(notToMatch), position);
    }

    Bytes toBytes() {
        var text = new StringBuilder("append " + append + "\nevent " + index + " of " + count + "\n");
        stream.ifPresent(it -> text.append("at ").append(it).append(' ').append(revision).append('\n'));
        query.ifPresent(it -> text.append("query ")
                .append(after)
                .append(' ')
                .append(String.join(";", it.items()
                        .stream()
                        .map(item -> String.join(",", item.types()) + "/" + String.join(",", item.tags()))
                        .toList()))
                .append('\n'));
        return Bytes.utf8(text.toString());
    }

    static Testimony of(RecordedEvent event) {
        Testimony testimony = new Testimony("", 0, 0, Optional.empty(), -1, Optional.empty(), 0);
        for (String line : event.data().toUtf8().strip().split("\n", -1)) {
            String[] words = line.split(" ", -1);
            testimony = switch (words[0]) {
                case "append" -> of(words[1], 0, 0);
                case "event" -> of(testimony.append, Integer.parseInt(words[1]), Integer.parseInt(words[3]));
                case "at" -> new Testimony(testimony.append, testimony.index, testimony.count, Optional.of(words[1]),
                        Long.parseLong(words[2]), testimony.query, testimony.after);
                case "query" -> testimony.noMatch(query(words[2]), Long.parseLong(words[1]));
                default -> throw new AssertionError("event at position " + event.position()
                        + " is not of a self-verifying history: " + event.data());
            };
        }
        return testimony;
    }

    private static Query query(String text) {
        List<Query.Item> items = new ArrayList<>();
        for (String item : text.split(";", -1)) {
            String[] parts = item.split("/", -1);
            items.add(new Query.Item(Set.of(), Optional.empty(), names(parts[0]), names(parts[1])));
        }
        return new Query(items);
    }

    private static Set<String> names(String text) {
        return text.isEmpty() ? Set.of() : new LinkedHashSet<>(Arrays.asList(text.split(",", -1)));
    }
}
