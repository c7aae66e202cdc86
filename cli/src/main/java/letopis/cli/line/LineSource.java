package letopis.cli.line;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.terminal.Interruption;

/**
 * The lines of a file or of the standard input, plain or packed with gzip, one after the other. No more than one line is held in
 * memory, and of a line beyond the limit no more than the limit. For one thread.
 */
public final class LineSource implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final String name;
    private final Counting counting;
    private final InputStream in;
    private final long totalBytes;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private byte[] line = new byte[0];
    private long number;
    private boolean tooLong;

    private LineSource(String name, Counting counting, long totalBytes, int maxLineBytes) throws IOException {
        this.name = name;
        this.counting = counting;
        this.totalBytes = totalBytes;
        this.maxLineBytes = maxLineBytes;
        this.in = unpacked(counting);
    }

    /**
     * @param file         its path, or {@code -} for the standard input
     * @param maxLineBytes the longest line that is read
     */
    @SuppressWarnings("resource") // the channel is closed with the source
    public static LineSource open(String file, int maxLineBytes, Interruption interruption) {
        try {
            if (file.equals("-")) {
                FileChannel channel = new FileInputStream(FileDescriptor.in).getChannel();
                return new LineSource("standard input", new Counting(Channels.newInputStream(channel), interruption), 0,
                        maxLineBytes);
            }
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new Failure(ExitCode.USAGE, file + " is a directory",
                        "name a file of JSON lines, or - for the standard input");
            }
            InputStream opened = Files.newInputStream(path);
            return new LineSource(file, new Counting(opened, interruption), Files.size(path), maxLineBytes);
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.NOT_FOUND, "there is no file " + file, "", e);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, file + " cannot be read: " + e.getMessage(), "", e);
        }
    }

    private static InputStream unpacked(Counting counting) throws IOException {
        PushbackInputStream head = new PushbackInputStream(counting, 2);
        byte[] magic = head.readNBytes(2);
        head.unread(magic);
        boolean packed = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
        return packed ? new GZIPInputStream(head, BUFFER_BYTES) : head;
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** The name of the file without its folders. */
    public String shortName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** How many bytes of the file were read, packed as they are. */
    public long bytesRead() {
        return counting.read;
    }

    /** How many bytes the file has, or 0 where that is unknown. */
    public long totalBytes() {
        return totalBytes;
    }

    /** The number of the current line, from 1 on; 0 before the first. */
    public long number() {
        return number;
    }

    /** The current line without its end; the array belongs to the caller. Of a line that is too long, the beginning. */
    public byte[] line() {
        return line;
    }

    /** Whether the current line is longer than the limit. */
    public boolean isTooLong() {
        return tooLong;
    }

    /** The place of the current line, as messages name it. */
    public String place() {
        return name + ":" + number;
    }

    /**
     * Goes to the next line that is not blank.
     *
     * @return false at the end, or when the command has been asked to end while it waited for input
     */
    public boolean next() {
        try {
            if (tooLong) {
                copyRest(OutputStream.nullOutputStream());
            }
            while (readLine()) {
                if (!isBlank(line)) {
                    return true;
                }
            }
            return false;
        } catch (ClosedByInterruptException e) {
            return false;
        } catch (EOFException | ZipException e) {
            throw new Failure(ExitCode.FAILED, name + " is damaged after line " + number + ": the gzip data "
                    + (e instanceof EOFException ? "ends early" : "is not valid (" + e.getMessage() + ")"),
                    "get the file again; what came before is imported, and is skipped the next time", e);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, name + " cannot be read after line " + number + ": " + e.getMessage(),
                    "", e);
        }
    }

    /** Copies what is left of a line that is too long. */
    public void copyRest(OutputStream target) throws IOException {
        while (tooLong && (at < end || fill())) {
            int newline = newline();
            int stop = newline < 0 ? end : newline;
            target.write(buffer, at, stop - at);
            at = newline < 0 ? stop : newline + 1;
            tooLong = newline < 0;
        }
        tooLong = false;
    }

    private boolean readLine() throws IOException {
        if (at == end && !fill()) {
            return false;
        }
        number++;
        byte[] taken = new byte[0];
        while (true) {
            int newline = newline();
            int stop = newline < 0 ? end : newline;
            int length = Math.min(stop - at, maxLineBytes - taken.length);
            int before = taken.length;
            taken = Arrays.copyOf(taken, before + length);
            System.arraycopy(buffer, at, taken, before, length);
            at += length;
            if (at < stop) {
                tooLong = true;
                break;
            }
            if (newline >= 0) {
                at = newline + 1;
                break;
            }
            if (!fill()) {
                break;
            }
        }
        line = trimmed(taken);
        return true;
    }

    /** Without the carriage return of a Windows file, and without the mark that such a file may begin with. */
    private byte[] trimmed(byte[] taken) {
        int stop = taken.length > 0 && taken[taken.length - 1] == '\r' && !tooLong ? taken.length - 1 : taken.length;
        int start = number == 1 && stop >= 3 && Arrays.equals(taken, 0, 3, BYTE_ORDER_MARK, 0, 3) ? 3 : 0;
        return start == 0 && stop == taken.length ? taken : Arrays.copyOfRange(taken, start, stop);
    }

    private int newline() {
        for (int i = at; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        at = 0;
        end = Math.max(read, 0);
        return read > 0;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // it was only read
        }
    }

    /** Counts the bytes of the file, and lets an interruption break off the wait for them. */
    private static final class Counting extends InputStream {
        private final InputStream file;
        private final Interruption interruption;
        private long read;

        Counting(InputStream file, Interruption interruption) {
            this.file = file;
            this.interruption = interruption;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : ByteBuffer.wrap(one).get() & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = interruption.whileWaiting(() -> file.read(bytes, offset, length));
            read += Math.max(count, 0);
            return count;
        }

        /** Says that there may be more: by a 0 from a slow pipe a packed file of several parts would seem to end. */
        @Override
        public int available() {
            return 1;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
