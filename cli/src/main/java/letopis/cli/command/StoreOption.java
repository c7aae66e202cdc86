package letopis.cli.command;

import java.nio.file.Path;
import java.util.Optional;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.OpenedStore;
import letopis.cli.opening.StoreAddress;
import letopis.cli.opening.StoreOpening;
import letopis.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that name the store, and the opening of it. */
@Command
public final class StoreOption {
    static final String DEFAULT = "./data";
    /** What to do where a store in a database cannot be sealed. */
    static final String SEAL_INSTEAD = "copy the events into a directory with letopis copy, and seal and prove them there";
    /** The environment variable that names the store where no option does. */
    private static final String ENVIRONMENT = "LETOPIS_STORE";

    @Option(names = {"-d",
            "--data"}, paramLabel = "DIR", description = "The store's directory; " + DEFAULT
                    + " if no store is named.", order = 90)
    private @Nullable Path directory;

    @Option(names = "--store", paramLabel = "URL", description = "The store: postgresql://user@host/database?schema=letopis, mysql://… or mariadb://…?prefix=letopis_, or a directory. Without this and --data: what LETOPIS_STORE says. The password may be in LETOPIS_PASSWORD.", order = 91)
    private @Nullable String store;

    /** Where the store is. */
    StoreAddress address() {
        if (directory != null && store != null) {
            throw new Failure(ExitCode.USAGE, "--data and --store both say which store", "leave one of them out");
        }
        if (directory != null) {
            if (directory.toString().isEmpty()) {
                throw new Failure(ExitCode.USAGE, "--data is empty", "name a directory; the one you are in is .");
            }
            return new StoreAddress.Directory(directory);
        }
        return StoreAddress.parse(Optional.ofNullable(store)
                .or(() -> Optional.ofNullable(System.getenv(ENVIRONMENT)).filter(it -> !it.isEmpty()))
                .orElse(DEFAULT));
    }

    /**
     * The directory of a command that is about the files of the embedded engine.
     *
     * @param command what it is called
     * @param instead what to do with a store in a database, where {@code %s} is what makes backups of it
     * @throws Failure if the store is in a database
     */
    Path directory(String command, String instead) {
        return switch (address()) {
            case StoreAddress.Directory it -> it.path();
            case StoreAddress.Database it -> throw new Failure(ExitCode.USAGE,
                    command + " is about the files of a store in a directory; " + it + " is a store in "
                            + it.product(),
                    instead.replace("%s", it.product().backup()));
        };
    }

    /** What to add to a command that is proposed, so that it works on the same store; empty for the one without options. */
    public String argument() {
        if (directory != null) {
            return directory.equals(Path.of(DEFAULT)) ? "" : " --data " + directory;
        }
        return store == null ? "" : " --store " + address();
    }

    /** Opens the store for reading, also beside a process that writes to it. */
    OpenedStore openReadOnly(Terminal terminal) {
        return StoreOpening.readOnly(address(), terminal);
    }

    /** Opens the store for writing; makes one where there is none, and says so. */
    OpenedStore openForWriting(Terminal terminal) {
        return StoreOpening.forWriting(address(), terminal);
    }
}
