package letopis.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.proof.InvalidProofException;

/** Files with a short text in them: keys, roots and proofs. */
final class TextFile {
    private static final long MAX_BYTES = 256L << 20;

    private TextFile() {}

    /**
     * Reads what is in a file.
     *
     * @param wrong the exit code if something else is in it
     */
    static <T> T read(Path file, int wrong, Function<String, T> form) throws IOException {
        if (Files.isDirectory(file)) {
            throw new Failure(ExitCode.USAGE, file + " is a directory", "name a file");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new Failure(wrong, file + " is larger than any key, root or proof", "");
        }
        try {
            // as Latin-1, so that no byte is turned into another one: what belongs there is ASCII
            return form.apply(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (InvalidProofException e) {
            throw new Failure(wrong, file + ": " + e.getMessage(), "", e);
        }
    }

    /** Writes a new file; one that is there is left alone. */
    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
