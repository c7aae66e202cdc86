package letopis.cli.importing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import letopis.cli.line.LineSource;
import letopis.store.Bytes;

/**
 * The file that bad lines are set aside into, just as they are, so that they can be mended and imported. Begun anew by each import;
 * gone afterwards if no line was bad.
 */
final class Rejects implements AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private long lines;

    Rejects(Path file) throws IOException {
        this.file = file;
        this.out = new BufferedOutputStream(Files.newOutputStream(file));
    }

    long lines() {
        return lines;
    }

    void add(Bytes line) {
        write(line.toArray());
        end();
    }

    /** Adds the source's line, which may be longer than what is held in memory. */
    void addCurrent(LineSource source) {
        write(source.line());
        try {
            source.copyRest(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end();
    }

    private void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        write(new byte[]{'\n'});
        lines++;
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (lines == 0) {
            Files.deleteIfExists(file);
        }
    }
}
