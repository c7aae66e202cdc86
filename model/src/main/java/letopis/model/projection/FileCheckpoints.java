package letopis.model.projection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

import letopis.model.CodecException;
import letopis.model.JsonCodec;
import letopis.store.Bytes;

/**
 * Checkpoints as files, one for each version of a projection:
 *
 * <pre>
 * {"format":1,"projection":"open-orders","version":1,"position":17,"stateBytes":42,"crc32c":305419896}
 * {"customers":{"c-456":["123"]}}
 * </pre>
 *
 * <p>The first line says what the rest is; the state follows it as it was written. A new one is written beside the old one,
 * forced, and renamed over it, so that a crash leaves the one or the other. A file may be deleted while no process uses it:
 * the projection is then built anew.
 */
public final class FileCheckpoints implements CheckpointStore {
    private static final int FORMAT = 1;

    private final Path directory;

    /** @param directory is created when the first checkpoint is saved */
    public FileCheckpoints(Path directory) {
        this.directory = directory;
    }

    private record Header(int format, String projection, int version, long position, int stateBytes, long crc32c) {}

    @Override
    public Optional<Checkpoint> load(String projection, int version) {
        Path file = file(projection, version);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(file, projection, version, Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new CheckpointException("checkpoint " + file + " cannot be read: " + e, e);
        }
    }

    private static Checkpoint parse(Path file, String projection, int version, byte[] all) {
        int line = 0;
        while (line < all.length && all[line] != '\n') {
            line++;
        }
        Header header;
        try {
            header = JsonCodec.DEFAULT.read(Bytes.wrap(all, 0, line), Header.class);
        } catch (CodecException e) {
            throw damaged(file, "its first line is no header");
        }
        if (header.format != FORMAT) {
            throw new CheckpointException(
                    "checkpoint " + file + " has format " + header.format + ", and this Letopis reads "
                            + FORMAT);
        }
        if (!header.projection.equals(projection) || header.version != version) {
            throw damaged(file, "it is of projection " + header.projection + " version " + header.version);
        }
        int length = all.length - line - 1;
        if (length != header.stateBytes) {
            throw damaged(file, "the state has " + length + " bytes instead of " + header.stateBytes);
        }
        Bytes state = Bytes.wrap(all, line + 1, length);
        if (checksum(header.position, state) != header.crc32c) {
            throw damaged(file, "its checksum is wrong");
        }
        return new Checkpoint(header.position, state);
    }

    private static CheckpointException damaged(Path file, String what) {
        return new CheckpointException("checkpoint " + file + " is damaged: " + what
                + "; delete it, and the projection is built anew from the events");
    }

    @Override
    public void save(String projection, int version, Checkpoint checkpoint) {
        Path file = file(projection, version);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Bytes state = checkpoint.state();
        Header header = new Header(FORMAT, projection, version, checkpoint.position(), state.length(),
                checksum(checkpoint.position(), state));
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                writeAll(channel, JsonCodec.DEFAULT.write(header).toBuffer());
                writeAll(channel, StandardCharsets.UTF_8.encode("\n"));
                writeAll(channel, state.toBuffer());
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CheckpointException("checkpoint " + file + " cannot be written: " + e, e);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static long checksum(long position, Bytes state) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(position).flip());
        crc.update(state.toBuffer());
        return crc.getValue();
    }

    /** Projections are named so that they can stand in a file's name: see {@link Projection}. */
    private Path file(String projection, int version) {
        return directory.resolve(projection + "-v" + version + ".checkpoint");
    }
}
