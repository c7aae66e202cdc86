package letopis.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import letopis.cli.failure.Suggestion;
import letopis.store.Query;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads an item of a query: terms such as {@code type=OrderShipped}, joined by commas. All of them must hold, but of several streams
 * or types any. A comma in a name is written {@code \,}.
 */
final class QueryText implements ITypeConverter<Query.Item> {
    private static final List<String> KEYS = List.of("stream", "category", "type", "tag");

    @Override
    public Query.Item convert(String text) {
        Set<String> streams = new TreeSet<>();
        Set<String> types = new TreeSet<>();
        Set<String> tags = new TreeSet<>();
        Optional<String> category = Optional.empty();
        for (String term : terms(text)) {
            int equals = term.indexOf('=');
            String key = equals < 0 ? term : term.substring(0, equals);
            String name = equals < 0 ? "" : term.substring(equals + 1);
            if (equals < 0 && term.equals("all")) {
                continue;
            }
            if (name.isEmpty()) {
                throw wrong(text, "'" + term + "' has no name behind a '='");
            }
            switch (key) {
                case "stream" -> streams.add(name);
                case "type" -> types.add(name);
                case "tag" -> tags.add(name);
                case "category" -> {
                    if (category.isPresent()) {
                        throw wrong(text, "an event has one category; for a choice of two give the option twice");
                    }
                    category = Optional.of(name);
                }
                default -> throw wrong(text, ("'" + key + "' is none of stream, category, type and tag; "
                        + Suggestion.didYouMean(key, KEYS)).replaceAll("; $", ""));
            }
        }
        try {
            return new Query.Item(streams, category, types, tags);
        } catch (IllegalArgumentException e) {
            throw wrong(text, String.valueOf(e.getMessage()));
        }
    }

    private static List<String> terms(String text) {
        List<String> terms = new ArrayList<>();
        StringBuilder term = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ',') {
                term.append(',');
                i++;
            } else if (c == ',') {
                terms.add(term.toString());
                term.setLength(0);
            } else {
                term.append(c);
            }
        }
        terms.add(term.toString());
        return terms;
    }

    private static TypeConversionException wrong(String text, String why) {
        return new TypeConversionException("'" + text + "' is no query: " + why
                + "; give terms such as category=order,type=OrderShipped,tag=customer:7, or all");
    }
}
