package letopis.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A small file system of its own, where this process may mount one. */
record MountedDisk(Path directory) implements AutoCloseable {
    /** Mounts it; where that is not allowed says loudly what is not tested. */
    @SuppressWarnings("SystemOut") // what was not tried must show
    static Optional<MountedDisk> at(Path directory, String size, String notTested) {
        if (run("mount", "-t", "tmpfs", "-o", "size=" + size, "letopis-test", directory.toString()) == 0) {
            return Optional.of(new MountedDisk(directory));
        }
        System.err.println("NOT TESTED: " + notTested + ". This process may not mount a file system; run it as root.");
        return Optional.empty();
    }

    /** From here on nobody may write to it, whoever they are. */
    void makeReadOnly() {
        assertThat(run("mount", "-o", "remount,ro", directory.toString())).isZero();
    }

    /** A run of an index that was replaced stays mapped until nobody has it any more, and keeps the file system busy. */
    @Override
    public void close() {
        Until.holds("nobody uses " + directory, () -> {
            System.gc();
            return run("umount", directory.toString()) == 0;
        });
    }

    private static int run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.onExit().orTimeout(30, TimeUnit.SECONDS).join().exitValue();
        } catch (IOException e) {
            return -1; // there is no such command
        }
    }
}
