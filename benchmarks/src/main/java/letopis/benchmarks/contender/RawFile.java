package letopis.benchmarks.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The limit that the machine sets: a file that was preallocated and zeroed, into which bytes are put with a CRC32C before them,
 * each group at a multiple of {@value #ALIGNMENT_BYTES} bytes, and forced. At its end it begins anew.
 *
 * <p>An event counts {@value #EVENT_BYTES} bytes: its data, its metadata, and 40 for all that names and orders it. Nothing is
 * encoded, checked, indexed or published.
 */
public final class RawFile implements AutoCloseable {
    /** What an event takes. */
    public static final int EVENT_BYTES = Sample.DATA_BYTES + Sample.METADATA_BYTES + 40;
    /** The multiple at which groups begin, as those of the engine's log do. */
    public static final int ALIGNMENT_BYTES = 512;
    private static final int FILE_BYTES = 64 << 20;
    private static final int HEADER_BYTES = 64;
    private static final int SCAN_BYTES = 1 << 20;

    private final FileChannel channel;
    private final CRC32C checksum = new CRC32C();
    private final int fileBytes;
    private long at;

    public RawFile(Path directory) {
        this(directory, FILE_BYTES);
    }

    /** @param fileBytes where it begins anew; a multiple of 1 MiB, more than any group */
    public RawFile(Path directory, int fileBytes) {
        this.fileBytes = fileBytes;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(directory.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
            for (long i = 0; i < fileBytes; i += zeros.capacity()) {
                channel.write(zeros.clear(), i);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A buffer for a group of so many events, and room for the checksum. */
    public static ByteBuffer group(int events) {
        return ByteBuffer.allocateDirect(groupBytes(events));
    }

    static int groupBytes(int events) {
        return (HEADER_BYTES + events * EVENT_BYTES + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
    }

    /** Begins a group anew. */
    public static void begin(ByteBuffer group) {
        group.clear().position(HEADER_BYTES);
    }

    /** Puts the bytes of an event into a group. */
    public static void put(ByteBuffer group, Sample event) {
        int end = group.position() + EVENT_BYTES;
        group.put(event.data())
                .put(event.metadata())
                .putLong(event.id().getMostSignificantBits())
                .putLong(event.id().getLeastSignificantBits());
        group.position(end);
    }

    /** Writes what was put into a group, with its checksum, and forces it. */
    public void commit(ByteBuffer group) {
        int bytes = (group.position() + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
        checksum.reset();
        checksum.update(group.clear().position(HEADER_BYTES).limit(bytes));
        group.putLong(0, checksum.getValue());
        if (at + bytes > fileBytes) {
            at = 0;
        }
        try {
            channel.write(group.clear().limit(bytes), at);
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        at += bytes;
    }

    /**
     * Reads these bytes from the beginning on, 1 MiB at a time, with a CRC32C over each.
     *
     * @return the sum of the checksums
     */
    public static long scan(List<Path> files, long bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(SCAN_BYTES);
        CRC32C checksum = new CRC32C();
        long sum = 0;
        long left = bytes;
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (left > 0 && channel.read(buffer.clear().limit((int) Math.min(left, SCAN_BYTES))) > 0) {
                    left -= buffer.position();
                    checksum.reset();
                    checksum.update(buffer.flip());
                    sum += checksum.getValue();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (left > 0) {
            throw new IllegalStateException(left + " bytes are missing in " + files);
        }
        return sum;
    }

    /** The files of an engine's log, in order. */
    public static List<Path> log(Path store) {
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{8}\\.(segment|packed)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
