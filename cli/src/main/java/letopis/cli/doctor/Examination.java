package letopis.cli.doctor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import letopis.cli.failure.Diagnosis;
import letopis.cli.failure.ExitCode;
import letopis.cli.terminal.Figures;
import letopis.engine.EmbeddedEventStore;
import letopis.store.StoreException;

/** Looks at a store from outside and inside without changing it, in a moment however large it is. */
public final class Examination {
    /** Below this a store soon has no room for its next segment file. */
    private static final long LITTLE_ROOM_BYTES = 1L << 30;
    /** The file that the writing process has locked. */
    private static final String LOCK = "letopis.lock";

    private final Path directory;
    private final String argument;
    private final InstantSource clock;
    private final List<Finding> findings = new ArrayList<>();

    /** @param argument what a proposed command needs to work on the same store */
    public Examination(Path directory, String argument, InstantSource clock) {
        this.directory = directory;
        this.argument = argument;
        this.clock = clock;
    }

    /** What was found, in the order in which it was looked at. */
    public List<Finding> findings() {
        findings.add(Finding.good("java", Runtime.version() + " in " + System.getProperty("java.home")));
        if (Files.isDirectory(directory)) {
            permissions();
            room();
            inside();
        } else {
            findings.add(Finding.wrong("directory",
                    directory + (Files.exists(directory) ? " is not a directory" : " does not exist"),
                    "name the store's directory with --data, or make a store with: letopis demo", ExitCode.NOT_FOUND));
        }
        return List.copyOf(findings);
    }

    private void permissions() {
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            findings.add(Finding.wrong("directory", directory + " may not be read by this user",
                    "run as its owner, or have the rights to it changed", ExitCode.NO_PERMISSION));
        } else if (!Files.isWritable(directory)) {
            findings.add(Finding.note("directory", directory + " may be read, but not written by this user",
                    "reading and tailing work; to append, run as its owner or have the rights to it changed"));
        } else {
            findings.add(
                    Finding.good("directory", directory.toAbsolutePath().normalize() + " can be read and written"));
        }
    }

    private void room() {
        try {
            FileStore disk = Files.getFileStore(directory);
            long free = disk.getUsableSpace();
            if (disk.isReadOnly()) {
                findings.add(Finding.note("disk", "mounted for reading only",
                        "reading works; to append, mount it for writing"));
            } else if (free == 0) {
                findings.add(Finding.wrong("disk", "no room left", "make room; reading goes on", ExitCode.FAILED));
            } else if (free < LITTLE_ROOM_BYTES) {
                findings.add(
                        Finding.note("disk", Figures.bytes(free) + " left", "make room before appends are refused"));
            } else {
                findings.add(Finding.good("disk", Figures.bytes(free) + " left"));
            }
        } catch (IOException e) {
            findings.add(Finding.note("disk", "how much room is left is unknown: " + e.getMessage(), ""));
        }
    }

    private void inside() {
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            findings.add(Finding.good("store", Figures.count(store.head(), "event") + ", opened in "
                    + Figures.time(store.stats().openedIn()) + "; every byte of it is checked by: letopis verify"
                    + argument));
            store.tornTail()
                    .ifPresent(tail -> findings.add(Finding.note("end",
                            "an unfinished block of " + Figures.bytes(tail.bytes())
                                    + " stands at the end (" + tail.file() + " at " + tail.offset() + ": " + tail.what()
                                    + ")",
                            "it is being written now, or the writer went down; the next opening for writing cuts it off")));
            findings.add(NewestEvent.finding(store, clock));
            writer();
        } catch (StoreException e) {
            findings.add(Finding.wrong("store", Diagnosis.of(e).orElseThrow(() -> e)));
        }
    }

    /** Whether a process writes to the store now: it has the lock, which a look at it does not change. */
    private void writer() {
        Finding nobody = Finding.good("writer", "no process writes to it now");
        try (FileChannel file = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.READ);
                FileLock lock = file.tryLock(0, Long.MAX_VALUE, true)) {
            findings.add(lock != null
                    ? nobody
                    : Finding.note("writer", "a process writes to it now",
                            "reading and tailing work beside it; to append here, stop that process"));
        } catch (NoSuchFileException e) {
            findings.add(nobody);
        } catch (IOException e) {
            findings.add(Finding.note("writer", "whether a process writes to it is unknown: " + e.getMessage(), ""));
        }
    }
}
