package letopis.journal.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A file that no interrupt can close.
 *
 * <p>A {@link java.nio.channels.FileChannel} is closed, for everybody, when a thread that is in it is interrupted; and a force
 * that was interrupted does not say whether it failed. An asynchronous channel is not interruptible. Given an executor that
 * runs a task in the calling thread, it reads and writes there, with positional system calls and no thread of its own; its
 * force is the one of any channel.
 */
final class RealDiskFile implements DiskFile {
    /** Larger transfers are split: the JDK keeps a buffer outside of the heap, as large as the largest, for each thread. */
    private static final int TRANSFER_BYTES = 1 << 20;

    private final Path path;
    private final AsynchronousFileChannel channel;

    private RealDiskFile(Path path, AsynchronousFileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static RealDiskFile open(Path path, Disk.Access access) throws IOException {
        Set<StandardOpenOption> options = switch (access) {
            case READ -> Set.of(StandardOpenOption.READ);
            case WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
            case CREATE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        };
        return new RealDiskFile(path, AsynchronousFileChannel.open(path, options, new CallingThread()));
    }

    static void forceDirectory(Path directory) throws IOException {
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(directory, Set.of(StandardOpenOption.READ),
                new CallingThread())) {
            channel.force(true);
        }
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(long offset, byte[] target, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int wanted = Math.min(length - done, TRANSFER_BYTES);
            int read = transferred("read",
                    channel.read(ByteBuffer.wrap(target, from + done, wanted), offset + done));
            if (read < 0) {
                break;
            }
            done += read;
        }
        return done;
    }

    @Override
    public void write(long offset, byte[] source, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int wanted = Math.min(length - done, TRANSFER_BYTES);
            int written = transferred("write",
                    channel.write(ByteBuffer.wrap(source, from + done, wanted), offset + done));
            if (written <= 0) {
                throw new IOException("cannot write " + path + ": the system took nothing at " + (offset + done));
            }
            done += written;
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            throw RealDisk.translated("truncate " + path, e);
        }
    }

    @Override
    public void force() throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw RealDisk.translated("force " + path, e);
        }
    }

    /** Through a channel of its own: an interrupt closes that one at most, and it is opened again. */
    @Override
    public MemorySegment map(long offset, long length, Arena arena) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel mapped = FileChannel.open(path, StandardOpenOption.READ)) {
                    if (mapped.size() < offset + length) {
                        throw new IOException("the file ends before " + (offset + length));
                    }
                    return mapped.map(FileChannel.MapMode.READ_ONLY, offset, length, arena);
                } catch (ClosedByInterruptException _) {
                    interrupted |= Thread.interrupted();
                }
            }
        } catch (IOException e) {
            throw RealDisk.translated("map " + path, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Optional<MemorySegment> view(long offset, long length, Arena arena) throws IOException {
        return Optional.of(map(offset, length, arena));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The result of a transfer. It is there already, except on systems where the kernel transfers in the background. */
    private int transferred(String what, Future<Integer> transfer) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return transfer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failed(what, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private IOException failed(String what, ExecutionException failure) {
        return switch (failure.getCause()) {
            case IOException e -> RealDisk.translated(what + " " + path, e);
            case Error error -> throw error;
            case null, default -> new IOException("cannot " + what + " " + path, failure);
        };
    }
}
