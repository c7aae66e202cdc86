package letopis.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.failure.Suggestion;
import letopis.store.EventStore;
import letopis.store.Query;
import letopis.store.StreamInfo;
import letopis.store.StreamName;
import letopis.store.TypeInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say which events. */
@Command
final class Selection {
    /** How many streams are looked through for a name that somebody may have meant. */
    private static final int STREAMS_TO_SUGGEST_FROM = 2_000;

    @Parameters(index = "0", arity = "0..1", paramLabel = "STREAM", description = "The events of this stream.")
    private @Nullable String stream;

    @Option(names = {"-c",
            "--category"}, paramLabel = "NAME", description = "The events of all streams of this category.", order = 1)
    private @Nullable String category;

    @Option(names = {"-t",
            "--type"}, paramLabel = "NAME", description = "Events of this type; given twice: of either.", order = 2)
    private List<String> types = new ArrayList<>();

    @Option(names = "--tag", paramLabel = "TAG", description = "Events with this tag; given twice: with both.", order = 3)
    private List<String> tags = new ArrayList<>();

    @Option(names = {"-a", "--all"}, description = "All events.", order = 4)
    private boolean all;

    /** Whether anything was said. */
    boolean isEmpty() {
        return !all && stream == null && category == null && types.isEmpty() && tags.isEmpty();
    }

    /** @throws Failure if it does not say which events, or contradicts itself */
    Query query() {
        if (isEmpty()) {
            throw usage("which events? Nothing was said", "give a STREAM, --category, --type, --tag or --all");
        }
        if (all && (stream != null || category != null || !types.isEmpty() || !tags.isEmpty())) {
            throw usage("--all is every event, and does not go together with a STREAM, --category, --type or --tag",
                    "leave --all out");
        }
        if (stream != null && category != null) {
            throw usage("a STREAM and --category do not go together", "leave one of them out");
        }
        Query.Item item = new Query.Item(stream == null ? Set.of() : Set.of(stream), Optional.ofNullable(category),
                new TreeSet<>(types), new TreeSet<>(tags));
        return new Query(List.of(item));
    }

    /**
     * Checks that the store knows the names; a mistyped one would look like an answer otherwise.
     *
     * @throws Failure that nothing is found, and what may have been meant
     */
    void mustExist(EventStore store) {
        if (stream != null && store.stream(stream).isEmpty()) {
            String named = stream;
            List<String> names = near(store, named);
            throw notFound("there is no stream " + named, Suggestion.didYouMean(named, names), "letopis streams");
        }
        if (category != null && store.streams(category + "-", "", 1).isEmpty() && store.stream(category).isEmpty()) {
            List<String> names = store.streams("", "", STREAMS_TO_SUGGEST_FROM)
                    .stream()
                    .map(it -> StreamName.categoryOf(it.stream()))
                    .distinct()
                    .toList();
            throw notFound("there is no stream of category " + category, Suggestion.didYouMean(category, names),
                    "letopis streams");
        }
        if (!types.isEmpty()) {
            List<String> names = store.types().stream().map(TypeInfo::type).toList();
            types.stream().filter(it -> !names.contains(it)).findFirst().ifPresent(it -> {
                throw notFound("there is no event of type " + it, Suggestion.didYouMean(it, names), "letopis types");
            });
        }
    }

    /** Names that begin as this one does: but for its end, but for its id, but for its first letter. */
    private static List<String> near(EventStore store, String name) {
        return Stream.of(name.substring(0, Math.max(0, name.length() - 2)), StreamName.categoryOf(name) + "-",
                name.substring(0, Math.min(1, name.length())))
                .flatMap(prefix -> store.streams(prefix, "", STREAMS_TO_SUGGEST_FROM).stream())
                .map(StreamInfo::stream)
                .distinct()
                .toList();
    }

    private static Failure notFound(String what, String suggestion, String list) {
        return new Failure(ExitCode.NOT_FOUND, what,
                suggestion.isEmpty() ? "see what there is with: " + list : suggestion);
    }

    private static Failure usage(String what, String remedy) {
        return new Failure(ExitCode.USAGE, what, remedy);
    }
}
