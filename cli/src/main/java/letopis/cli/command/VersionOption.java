package letopis.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The option that shows which Letopis this is. */
@Command(versionProvider = VersionOption.Provider.class)
final class VersionOption {
    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version.", order = 101)
    boolean version;

    /** Reads the version that the build wrote down. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            return new String[]{"letopis " + version()};
        }
    }

    static String version() throws IOException {
        try (InputStream file = VersionOption.class.getResourceAsStream("/letopis/cli/version.txt")) {
            return file == null ? "unknown" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
