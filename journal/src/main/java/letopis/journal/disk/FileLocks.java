package letopis.journal.disk;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Locks of whole files, between processes and within this one.
 *
 * <p>On POSIX systems a lock belongs to the process, and ends when the process closes any handle of the file: so this process
 * must know which locks it has itself, and must not open their files a second time.
 */
final class FileLocks {
    /** Who looks whether a lock is free holds it for a moment; so one who wants it tries more than once. */
    private static final int ATTEMPTS = 10;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final Set<Path> HELD = new HashSet<>();

    private FileLocks() {}

    static Optional<DiskLock> tryLock(Path file) throws IOException {
        for (int attempt = 1;; attempt++) {
            Optional<DiskLock> lock = tryOnce(file);
            if (lock.isPresent() || attempt == ATTEMPTS || isHeldHere(file)) {
                return lock;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    static boolean isLocked(Path file) throws IOException {
        synchronized (HELD) {
            if (!Files.exists(file)) {
                return false;
            }
            if (isHeldHere(file)) {
                return true;
            }
            try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, StandardOpenOption.READ)) {
                return !locks(channel, true);
            }
        }
    }

    private static Optional<DiskLock> tryOnce(Path file) throws IOException {
        synchronized (HELD) {
            if (isHeldHere(file)) {
                return Optional.empty();
            }
            AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            boolean locked = false;
            try {
                locked = locks(channel, false);
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            if (!locked) {
                return Optional.empty();
            }
            Path real = file.toRealPath();
            HELD.add(real);
            return Optional.of(() -> release(real, channel));
        }
    }

    private static void release(Path file, AsynchronousFileChannel channel) throws IOException {
        synchronized (HELD) {
            if (channel.isOpen()) {
                HELD.remove(file);
                channel.close();
            }
        }
    }

    private static boolean isHeldHere(Path file) throws IOException {
        synchronized (HELD) {
            return Files.exists(file) && HELD.contains(file.toRealPath());
        }
    }

    private static boolean locks(AsynchronousFileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
