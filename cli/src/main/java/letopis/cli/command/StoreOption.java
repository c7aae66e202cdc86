package letopis.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.terminal.Terminal;
import letopis.engine.EmbeddedEventStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The option that names the store, and the opening of it. */
@Command
final class StoreOption {
    static final String DEFAULT = "./data";

    @Option(names = {"-d",
            "--data"}, paramLabel = "DIR", defaultValue = DEFAULT, description = "The store's directory; ${DEFAULT-VALUE} if it is not given.", order = 90)
    private Path directory = Path.of(DEFAULT);

    Path directory() {
        if (directory.toString().isEmpty()) {
            throw new Failure(ExitCode.USAGE, "--data is empty", "name a directory; the one you are in is .");
        }
        return directory;
    }

    /** What to add to a command that is proposed, so that it works on the same store. */
    String argument() {
        return directory.equals(Path.of(DEFAULT)) ? "" : " --data " + directory;
    }

    /** Opens the store for reading, also beside a process that writes to it. */
    EmbeddedEventStore openReadOnly() {
        return EmbeddedEventStore.openReadOnly(directory());
    }

    /** Opens the store for writing; makes one where there is none, and says so. */
    EmbeddedEventStore openForWriting(Terminal terminal) {
        boolean fresh = !Files.exists(directory());
        EmbeddedEventStore store = EmbeddedEventStore.open(directory);
        if (fresh) {
            terminal.say("made a new store in " + directory);
        }
        store.tornTail()
                .ifPresent(tail -> terminal.say(tail.lost() > 0
                        ? directory + ": " + tail.what()
                        : directory + ": an unfinished block of " + tail.bytes()
                                + " bytes was cut off the end (" + tail.file() + " at " + tail.offset()
                                + "): the process that wrote it ended before"
                                + " it was done; nothing that was acknowledged is lost"));
        return store;
    }
}
