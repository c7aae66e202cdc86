package letopis.journal.file;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.InterceptedDisk;
import letopis.journal.disk.InterceptedDisk.Operation;
import org.jspecify.annotations.Nullable;

/** Bugs that are planted below the journal: a disk that does not do what the code above it believes. */
enum DiskBug {
    /** No file is ever forced. */
    FORCES_NOTHING {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            return it.name().equals("force") ? null : it.proceed();
        }
    },
    /** Every second block is acknowledged without a force. */
    FORCES_EVERY_SECOND_BLOCK {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            return isSegment(it) && it.name().equals("force") && ++memory.count % 2 == 0 ? null : it.proceed();
        }
    },
    /** A force that failed is called a success. */
    SWALLOWS_A_FAILED_FORCE {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            try {
                return it.proceed();
            } catch (IOException e) {
                if (it.name().equals("force")) {
                    return null;
                }
                throw e;
            }
        }
    },
    /** The superblock gets its name before its content is durable. */
    NAMES_THE_SUPERBLOCK_BEFORE_FORCE {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            return it.name().equals("force") && it.file().startsWith(Superblock.FILE) ? null : it.proceed();
        }
    },
    /** A segment gets its name before its zeros and its header are durable. */
    NAMES_A_SEGMENT_BEFORE_FORCE {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            return it.name().equals("force") && it.file().endsWith(SegmentSupply.UNFINISHED)
                    && !it.file().startsWith(Superblock.FILE) ? null : it.proceed();
        }
    },
    /** Only the names of a new store are made durable, and not those of its later segments. */
    FORCES_THE_DIRECTORY_ONCE {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            return it.name().equals("forceDirectory") && ++memory.count > 3 ? null : it.proceed();
        }
    },
    /** The publication marker names a block before that is durable. */
    MARKS_BEFORE_FORCE {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            if (isSegment(it) && it.name().equals("force")) {
                memory.unforced = it.file();
                return null;
            }
            Object result = it.proceed();
            if (!memory.unforced.isEmpty() && it.name().equals("write") && it.file().equals(Publication.FILE)) {
                try (DiskFile file = memory.disk().open(memory.unforced, Disk.Access.WRITE)) {
                    file.force();
                }
                memory.unforced = "";
            }
            return result;
        }
    },
    /** What was there when the store was opened is served without being forced. */
    RECOVERS_WITHOUT_FORCE {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            if (it.name().equals("write")) {
                memory.files.add(it.file());
            }
            return isSegment(it) && it.name().equals("force") && !memory.files.contains(it.file())
                    ? null
                    : it.proceed();
        }
    },
    /** Where the log was closed stays believed after it was opened and written to again: found by {@link StaleMarkerTest}. */
    DOES_NOT_FORCE_THE_MARKER {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            return it.name().equals("force") && it.file().equals(Publication.FILE) ? null : it.proceed();
        }
    },
    /** A file gets its name by being copied and deleted. */
    RENAMES_BY_COPYING {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            if (!it.name().equals("rename")) {
                return it.proceed();
            }
            String to = (String) it.argument(1);
            memory.disk().delete(to);
            try (DiskFile source = memory.disk().open((String) it.argument(0), Disk.Access.READ);
                    DiskFile target = memory.disk().open(to, Disk.Access.CREATE)) {
                byte[] all = new byte[(int) source.size()];
                source.read(0, all, 0, all.length);
                target.write(0, all, 0, all.length);
            }
            memory.disk().delete((String) it.argument(0));
            return null;
        }
    },
    /** The last sector of a larger block is not written. */
    WRITES_TOO_LITTLE {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            return isBlock(it) && it.number(3) > 512 ? it.proceedWith(3, (int) it.number(3) - 512) : it.proceed();
        }
    },
    /** Every ninth block is written one sector further. */
    WRITES_TO_THE_WRONG_PLACE {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            return isBlock(it) && ++memory.count % 9 == 0 ? it.proceedWith(0, it.number(0) + 512) : it.proceed();
        }
    },
    /** Every ninth block is not written at all. */
    LOSES_A_WRITE {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            return isBlock(it) && ++memory.count % 9 == 0 ? null : it.proceed();
        }
    },
    /** A block is written when the next one comes, and forced before. */
    WRITES_ONE_BEHIND {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            if (!isBlock(it)) {
                return it.proceed();
            }
            Operation before = memory.later;
            byte[] bytes = memory.bytes;
            memory.later = it;
            // The array is used again for the next block.
            memory.bytes = ((byte[]) it.argument(1)).clone();
            return before == null ? null : before.proceedWith(1, bytes);
        }
    },
    /** A half-made file that is cleared away takes the finished one with it. */
    CLEARS_AWAY_TOO_MUCH {
        @Override
        @Nullable
        Object act(Operation it, Memory memory) throws IOException {
            if (it.name().equals("delete") && it.file().endsWith(SegmentSupply.UNFINISHED)) {
                memory.disk().delete(it.file().substring(0, it.file().length() - SegmentSupply.UNFINISHED.length()));
            }
            return it.proceed();
        }
    };

    /** What a disk with a bug remembers of one opening. */
    static final class Memory {
        private final Disk disk;
        private final Set<String> files = new HashSet<>();
        private byte[] bytes = new byte[0];
        private String unforced = "";
        private int count;
        private @Nullable Operation later;

        private Memory(Disk disk) {
            this.disk = disk;
        }

        private Disk disk() {
            return disk;
        }
    }

    abstract @Nullable Object act(Operation it, Memory memory) throws IOException;

    /** A disk with this bug. */
    Disk over(Disk disk) {
        Memory memory = new Memory(disk);
        return InterceptedDisk.of(disk, operation -> act(operation, memory));
    }

    private static boolean isSegment(Operation it) {
        return SegmentName.number(it.file()) > 0;
    }

    private static boolean isBlock(Operation it) {
        return isSegment(it) && it.name().equals("write");
    }
}
