package letopis.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.line.JsonData;
import letopis.cli.opening.OpenedStore;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Terminal;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.Condition;
import letopis.store.Event;
import letopis.store.LimitExceededException;
import letopis.store.Limits;
import letopis.store.Query;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Appends one event. */
@Command(name = "append", description = "Append an event to a stream, if its conditions hold.", footer = """

        A condition that does not hold ends it with 3 and says which event is in the way. With --id the same command can be
        sent again: the event is written once.

        Examples:
          letopis append order-1 OrderCreated '{"customer":"c-456"}' --expect none
          letopis append order-1 OrderShipped @shipped.json --expect 0
          echo '{"course":"c1"}' | letopis append enrolment-9 Enrolled - \\
            --tag course:c1 --fail-if-match tag=course:c1 --after 1200""")
final class AppendCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "STREAM", description = "The stream, for example order-1.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command line
    private String stream;

    @Parameters(index = "1", paramLabel = "TYPE", description = "The event's type, for example OrderCreated.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command line
    private String type;

    @Parameters(index = "2", arity = "0..1", paramLabel = "DATA", description = "The event's data: JSON, @file for that of a file, - for the standard input. Without it {}.")
    private String content = "{}";

    @Option(names = {"-e",
            "--expect"}, paramLabel = "STATE", description = "What the stream must be: none (it does not exist), exists, the revision it must be at, or any.", order = 1)
    private String expect = "any";

    @Option(names = "--tag", paramLabel = "TAG", description = "A tag of the event; may be given several times.", order = 2)
    private List<String> tags = new ArrayList<>();

    @Option(names = "--metadata", paramLabel = "JSON", description = "The event's metadata, or @file.", order = 3)
    private @Nullable String metadata;

    @Option(names = "--content-type", paramLabel = "TYPE", description = "How the data is written; application/json if it is not given.", order = 4)
    private String contentType = Event.JSON;

    @Option(names = "--id", paramLabel = "UUID", converter = UuidConverter.class, description = "The event's id; a new one if it is not given.", order = 5)
    private @Nullable UUID id;

    @Option(names = "--fail-if-match", paramLabel = "QUERY", converter = QueryText.class, description = "Only if no event matches, such as category=order,type=OrderShipped; given twice: neither.", order = 6)
    private List<Query.Item> failIfMatch = new ArrayList<>();

    @Option(names = "--after", paramLabel = "POSITION", description = "With --fail-if-match: only events beyond this position count, the head you decided on.", order = 7)
    private @Nullable Long after;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    AppendCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Append append = append();
        try {
            Limits.DEFAULT.checkStream(stream);
            Limits.DEFAULT.check(append);
        } catch (LimitExceededException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), "make it smaller; nothing was written",
                    e);
        }
        try (OpenedStore opened = data.openForWriting(session.terminal())) {
            show(opened.store().append(append));
        }
        return ExitCode.DONE;
    }

    private Append append() throws IOException {
        Input input = new Input(session.interruption(), Limits.DEFAULT.maxEventBytes());
        Bytes bytes = input.read(content);
        if (JsonData.isJson(contentType)) {
            mustBeJson("the data", bytes);
        }
        Event event = Event.of(type, bytes).withContentType(contentType).withTags(new TreeSet<>(tags));
        if (metadata != null) {
            Bytes given = input.read(metadata);
            mustBeJson("the metadata", given);
            event = event.withMetadata(given);
        }
        Append append = Append.to(stream).of(id == null ? event : event.withId(id));
        for (Condition condition : conditions()) {
            append = append.onlyIf(condition);
        }
        return append;
    }

    private static void mustBeJson(String what, Bytes bytes) {
        JsonData.fault(bytes).ifPresent(fault -> {
            throw new Failure(ExitCode.USAGE, what + " is not valid JSON: " + fault,
                    "mend it, or say what else it is with --content-type; nothing was written");
        });
    }

    private List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        switch (expect.toLowerCase(Locale.ROOT)) {
            case "any" -> {
            }
            case "none" -> conditions.add(new Condition.NoStream(stream));
            case "exists" -> conditions.add(new Condition.StreamExists(stream));
            default -> conditions.add(new Condition.StreamAt(stream, revision()));
        }
        if (!failIfMatch.isEmpty()) {
            if (after != null && after < 0) {
                throw new Failure(ExitCode.USAGE, "--after is a position, 0 or more, not " + after, "");
            }
            conditions.add(new Condition.NoEventsMatch(new Query(failIfMatch), after == null ? 0 : after));
        } else if (after != null) {
            throw new Failure(ExitCode.USAGE, "--after says nothing without --fail-if-match",
                    "name the events that must not be there, with --fail-if-match");
        }
        return conditions;
    }

    private long revision() {
        try {
            long revision = Long.parseLong(expect);
            if (revision >= 0) {
                return revision;
            }
        } catch (NumberFormatException e) {
            // falls through to the one answer for both
        }
        throw new Failure(ExitCode.USAGE, "--expect is none, exists, any or a revision from 0 on, not '" + expect + "'",
                "");
    }

    private void show(Appended appended) {
        Terminal terminal = session.terminal();
        if (output.json(terminal)) {
            new JsonLine().member("stream", stream)
                    .member("revision", appended.revision(stream))
                    .member("position", appended.position())
                    .to(terminal.out());
        } else {
            terminal.out()
                    .println(type + " is " + stream + "@" + appended.revision(stream) + ", position "
                            + appended.position());
        }
        terminal.out().flush();
    }
}
