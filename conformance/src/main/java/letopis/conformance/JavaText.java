package letopis.conformance;

import java.util.Optional;
import java.util.stream.Collectors;

import letopis.store.Append;
import letopis.store.Condition;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;

/** Writes down as lines of Java what a random program asked of a store. */
final class JavaText {
    private JavaText() {}

    static String of(Append append) {
        var text = new StringBuilder("Append");
        String stream = "";
        for (Append.Entry entry : append.entries()) {
            boolean same = entry.stream().equals(stream);
            text.append(text.length() == 6 ? ".to(" : ".andTo(")
                    .append(quoted(entry.stream()))
                    .append(").of(")
                    .append(of(entry.event()))
                    .append(')');
            if (same) {
                int again = text.lastIndexOf(").andTo(");
                text.replace(again, text.indexOf(").of(", again + 2) + 5, ", ");
            }
            stream = entry.stream();
        }
        append.conditions().forEach(it -> text.append(of(it)));
        append.recordedTime()
                .ifPresent(it -> text.append(it.raiseIfOlder() ? ".recordedAtOrLater(" : ".recordedAt(")
                        .append("Instant.parse(")
                        .append(quoted(it.time().toString()))
                        .append("))"));
        return text.toString();
    }

    private static String of(Event event) {
        String tags = event.tags().isEmpty()
                ? ""
                : ".withTags(" + event.tags().stream().map(JavaText::quoted).collect(Collectors.joining(", ")) + ")";
        return "event" + event.id().toString().substring(0, 8) + "(" + quoted(event.type()) + ")" + tags;
    }

    private static String of(Condition condition) {
        return condition instanceof Condition.NoEventsMatch it
                ? ".failIfEventsMatch(" + of(it.query()) + ", " + it.after() + ")"
                : ".onlyIf(new Condition." + condition.getClass().getSimpleName() + "("
                        + quoted(condition.streams().getFirst())
                        + (condition instanceof Condition.StreamAt at ? ", " + at.revision() : "") + "))";
    }

    static String of(Query query) {
        return query.items().stream().map(JavaText::of).reduce((one, next) -> one + ".or(" + next + ")").orElse("");
    }

    private static String of(Query.Item item) {
        String text = item.category()
                .map(it -> "Query.category(" + quoted(it) + ")")
                .orElse(item.streams().isEmpty() ? "" : "Query.streams(Set.of(" + list(item.streams()) + "))");
        if (!item.types().isEmpty()) {
            text += (text.isEmpty() ? "Query.type(" : ".withTypes(") + list(item.types()) + ")";
        }
        if (!item.tags().isEmpty()) {
            text += (text.isEmpty() ? "Query.tag(" : ".withTags(") + list(item.tags()) + ")";
        }
        return text.isEmpty() ? "Query.all()" : text;
    }

    static String of(Read read) {
        return "Read.of(" + of(read.query()) + ")" + (read.isBackwards() ? ".backwards()" : "")
                + of(".from", read.from()) + of(".to", read.to())
                + (read.limit() == Read.NO_LIMIT ? "" : ".limit(" + read.limit() + ")");
    }

    private static String of(String call, Optional<Point> point) {
        return point.map(it -> call + switch (it) {
            case Point.Revision at -> "(Point.revision(" + at.revision() + "))";
            case Point.Position at -> "(Point.position(" + at.position() + "))";
            case Point.Time at -> "(Point.time(Instant.parse(" + quoted(at.time().toString()) + ")))";
        }).orElse("");
    }

    static String of(Forget forget) {
        String stream = quoted(forget.stream());
        return switch (forget) {
            case Forget.Truncate it -> "Forget.before(" + stream + ", " + it.beforeRevision() + ")";
            case Forget.Delete _ -> "Forget.delete(" + stream + ")";
            case Forget.Tombstone _ -> "Forget.tombstone(" + stream + ")";
            case Forget.Retain it -> "Forget.beyond(" + stream + ", new Retention("
                    + it.retention()
                            .maxAge()
                            .map(age -> "Optional.of(Duration.parse(" + quoted(age.toString()) + "))")
                            .orElse("Optional.empty()")
                    + ", " + (it.retention().maxCount().isPresent()
                            ? "OptionalLong.of(" + it.retention().maxCount().getAsLong() + ")"
                            : "OptionalLong.empty()")
                    + "))";
        };
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String list(Iterable<String> names) {
        var list = new StringBuilder();
        names.forEach(it -> list.append(list.isEmpty() ? "" : ", ").append(quoted(it)));
        return list.toString();
    }
}
