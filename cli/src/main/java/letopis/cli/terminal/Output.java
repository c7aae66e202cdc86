package letopis.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;

/**
 * The standard output, for data alone, in UTF-8. Unlike a {@code PrintStream} it never swallows an error: a broken pipe ends
 * the command quietly, a full disk with a message.
 */
public final class Output extends OutputStream {
    private static final Path OPENED = Path.of("/proc/self/fd/1");

    private final OutputStream target;
    private final byte[] buffer = new byte[1 << 16];
    private int used;

    public Output(OutputStream target) {
        this.target = target;
    }

    public void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    public void println(String text) {
        print(text);
        write('\n');
    }

    @Override
    public void write(int b) {
        if (used == buffer.length) {
            drain();
        }
        buffer[used++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (length > buffer.length - used) {
            drain();
        }
        if (length > buffer.length) {
            send(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, used, length);
            used += length;
        }
    }

    @Override
    public void flush() {
        drain();
        try {
            target.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void drain() {
        int length = used;
        used = 0;
        send(buffer, 0, length);
    }

    private void send(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static RuntimeException failed(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("broken pipe") || isPipe()) {
            return new OutputClosedException(e);
        }
        return new Failure(ExitCode.FAILED, "the output cannot be written: " + message,
                "make room where it is written to, and run the command again", e);
    }

    /** Where the system's messages are in another language, the kind of the file tells. */
    private static boolean isPipe() {
        try {
            String file = Files.readSymbolicLink(OPENED).toString();
            return file.startsWith("pipe:") || file.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
