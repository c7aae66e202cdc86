package letopis.engine;

import java.io.IOException;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFullException;
import letopis.journal.disk.InterceptedDisk;
import letopis.journal.disk.InterceptedDisk.Operation;
import org.jspecify.annotations.Nullable;

/** Bugs that are planted between a store and a disk that fails: the failure does not come through as it was. */
enum DiskLie {
    NONE {
        @Override
        @Nullable
        Object act(Operation it) throws IOException {
            return it.proceed();
        }
    },
    /** A write that failed is called a success. */
    SWALLOWS_A_FAILED_WRITE {
        @Override
        @Nullable
        Object act(Operation it) throws IOException {
            return swallowed(it, "write");
        }
    },
    /** A force that failed is called a success. */
    SWALLOWS_A_FAILED_FORCE {
        @Override
        @Nullable
        Object act(Operation it) throws IOException {
            return swallowed(it, "force");
        }
    },
    /** A force of the directory that failed is called a success. */
    SWALLOWS_A_FAILED_FORCE_OF_NAMES {
        @Override
        @Nullable
        Object act(Operation it) throws IOException {
            return swallowed(it, "forceDirectory");
        }
    },
    /** What could not be read is called the end of the file. */
    CALLS_A_READ_ERROR_THE_END {
        @Override
        @Nullable
        Object act(Operation it) throws IOException {
            try {
                return it.proceed();
            } catch (IOException e) {
                if (it.name().equals("read")) {
                    return 0;
                }
                throw e;
            }
        }
    },
    /** A force that failed is called a lack of room, after which a store goes on. */
    CALLS_A_FAILED_FORCE_A_FULL_DISK {
        @Override
        @Nullable
        Object act(Operation it) throws IOException {
            try {
                return it.proceed();
            } catch (IOException e) {
                throw it.name().startsWith("force") ? new DiskFullException("no room") : e;
            }
        }
    };

    abstract @Nullable Object act(Operation it) throws IOException;

    Disk over(Disk disk) {
        return this == NONE ? disk : InterceptedDisk.of(disk, this::act);
    }

    private static @Nullable Object swallowed(Operation it, String name) throws IOException {
        try {
            return it.proceed();
        } catch (IOException e) {
            if (it.name().equals(name)) {
                return null;
            }
            throw e;
        }
    }
}
