package letopis.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An ext4 of its own in a file, on a loop device, which can lose its power: the kernel is told to drop all that it has not yet
 * given to the device, its journal included, and to write nothing more. Mounted again, it recovers as after a real power cut.
 */
final class RealFileSystem implements AutoCloseable {
    private static final long IMAGE_BYTES = 64 << 20;
    /** {@code EXT4_IOC_SHUTDOWN}, and its flag for dropping the journal that is in memory, too. */
    private static final long SHUT_DOWN = 0x8004587DL;
    private static final int WITHOUT_LOG = 2;
    private static final Linker LINKER = Linker.nativeLinker();

    private final Path image;
    private final Path directory;

    private RealFileSystem(Path image, Path directory) {
        this.image = image;
        this.directory = directory;
    }

    /** Makes and mounts it; where that cannot be says loudly what is not tested. */
    @SuppressWarnings("SystemOut") // what was not tried must show
    static Optional<RealFileSystem> in(Path parent) throws IOException {
        Path image = parent.resolve("image");
        Path directory = Files.createDirectory(parent.resolve("mounted"));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(IMAGE_BYTES);
        }
        RealFileSystem made = new RealFileSystem(image, directory);
        String said = run("mkfs.ext4", "-q", "-F", image.toString());
        said = said.isEmpty() ? made.mount() : said;
        if (said.isEmpty()) {
            return Optional.of(made);
        }
        System.err.println("NOT TESTED: what a power cut leaves of a store on a real file system. That takes root, loop"
                + " devices and mkfs.ext4: " + said);
        return Optional.empty();
    }

    Path directory() {
        return directory;
    }

    private String mount() {
        return run("mount", "-t", "ext4", "-o", "loop", image.toString(), directory.toString());
    }

    /** Mounts it again after a power cut. All who used it must be gone. */
    void recover() {
        close();
        assertThat(mount()).isEmpty();
    }

    @Override
    public void close() {
        assertThat(run("umount", directory.toString())).isEmpty();
    }

    /** What is in memory alone is lost, and nothing more reaches the device. */
    @SuppressWarnings("restricted") // there is no other way to ask a kernel
    void cutPower() {
        try (Arena arena = Arena.ofConfined()) {
            int opened = (int) function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2)
                    .invokeExact(arena.allocateFrom(directory.toString(), StandardCharsets.UTF_8), 0);
            assertThat(opened).isNotNegative();
            MemorySegment flags = arena.allocateFrom(JAVA_INT, WITHOUT_LOG);
            int done = (int) function("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2)
                    .invokeExact(opened, SHUT_DOWN, flags);
            int closed = (int) function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), 1).invokeExact(opened);
            assertThat(List.of(done, closed)).containsOnly(0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor form, int firstVariadic) {
        SymbolLookup symbols = LINKER.defaultLookup();
        return LINKER.downcallHandle(symbols.findOrThrow(name), form,
                form.argumentLayouts().size() > 1
                        ? new Linker.Option[]{Linker.Option.firstVariadicArg(firstVariadic)}
                        : new Linker.Option[0]);
    }

    /** @return nothing if it went well, or what went wrong */
    private static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue();
            return status == 0 ? "" : command[0] + " ended with " + status + ": " + output.strip();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
