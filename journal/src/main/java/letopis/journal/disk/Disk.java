package letopis.journal.disk;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A directory of files, and the directories in it that are opened as disks of their own: all that the engine may do to a disk.
 *
 * <p>What was written to a file is durable after {@link DiskFile#force}; that a file is there under its name (after it was
 * created, renamed or deleted) is durable after {@link #forceDirectory}. Before that, a power cut may leave any part of it.
 * A force that failed may have lost data for good, and must never be tried again.
 *
 * <p>Safe for any number of threads. Nothing here can be interrupted: an interrupt of the calling thread is kept, and
 * changes nothing. What fails for want of room is a {@link DiskFullException}, for want of permission a
 * {@link DiskPermissionException}.
 */
public interface Disk {
    /** What a file is opened for. */
    enum Access {
        /** To read a file that is there. */
        READ,
        /** To read and write a file that is there. */
        WRITE,
        /** To read and write a new, empty file, which must not be there yet. */
        CREATE
    }

    /** Which directory it is, for messages. */
    String name();

    /**
     * Whether the directory is there.
     *
     * @throws NotADirectoryException if something else is there
     */
    boolean exists() throws IOException;

    /** Makes the directory, durably, with those above it; nothing if it is there. */
    void create() throws IOException;

    /** The names in the directory, sorted; also those of directories in it. */
    List<String> list() throws IOException;

    /** A directory in this one, with locks, names and durability of its own; it need not be there yet. */
    Disk directory(String name);

    /**
     * Opens a file.
     *
     * @throws FileMissingException if it is not there
     */
    DiskFile open(String file, Access access) throws IOException;

    /** Gives a file another name, in one step; a file that had this name is gone. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file; nothing if it is not there. */
    void delete(String file) throws IOException;

    /** Makes the names durable: files created, renamed and deleted. */
    void forceDirectory() throws IOException;

    /**
     * Takes the exclusive lock that a file stands for, and makes the file if it is not there. The lock ends with the process
     * at the latest. Never open such a file otherwise: on many systems closing any handle of it ends the lock.
     *
     * @return the lock; nothing if another process, or another opening in this one, has it
     */
    Optional<DiskLock> tryLock(String file) throws IOException;

    /** Whether somebody has the lock: another process, or an opening in this one. */
    boolean isLocked(String file) throws IOException;
}
