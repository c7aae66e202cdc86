package letopis.cli.command;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.terminal.Interruption;
import letopis.store.Bytes;

/** Reads what an argument names: text, {@code @file} or {@code -}. */
final class Input {
    private final Interruption interruption;
    private final int maxBytes;

    /** @param maxBytes reads no more than this and one byte, so that a limit is exceeded without filling the memory */
    Input(Interruption interruption, int maxBytes) {
        this.interruption = interruption;
        this.maxBytes = maxBytes;
    }

    Bytes read(String argument) throws IOException {
        if (argument.equals("-")) {
            InputStream in = Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel());
            return interruption.whileWaiting(() -> limited(in, "standard input"));
        }
        if (argument.startsWith("@")) {
            Path file = Path.of(argument.substring(1));
            if (Files.isDirectory(file)) {
                throw new Failure(ExitCode.USAGE, file + " is a directory", "name a file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return limited(in, file.toString());
            }
        }
        return Bytes.wrap(argument.getBytes(StandardCharsets.UTF_8));
    }

    private Bytes limited(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new Failure(ExitCode.USAGE,
                    name + " holds more than the " + maxBytes + " bytes that an event may have",
                    "make it smaller; nothing was written");
        }
        return withoutLastNewline(bytes);
    }

    /** A file of one line ends with an end of line that is not meant. */
    private static Bytes withoutLastNewline(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
            if (length > 0 && bytes[length - 1] == '\r') {
                length--;
            }
        }
        return Bytes.wrap(bytes, 0, length);
    }
}
