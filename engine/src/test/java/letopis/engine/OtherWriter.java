package letopis.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@link CrashWriter} as another process that appends until it is closed. */
final class OtherWriter implements AutoCloseable {
    private final Process process;

    private OtherWriter(Process process) {
        this.process = process;
    }

    /** Starts to write to the store in this directory, and waits until the first append was acknowledged. */
    static OtherWriter at(Path directory, long seed, int threads) throws IOException {
        OtherWriter writer = new OtherWriter(start(directory, seed, threads));
        if (writer.process.getInputStream().read() < 0) {
            throw new AssertionError("the other writer ended by itself");
        }
        Thread.ofPlatform().daemon().start(() -> {
            try {
                writer.process.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException _) {
                // it was closed
            }
        });
        return writer;
    }

    static Process start(Path directory, long seed, int threads, String... more) throws IOException {
        return start(CrashWriter.class, 256, directory, seed, threads, more);
    }

    /** @param heapMegabytes how large its heap may get */
    static Process start(Class<?> writer, int heapMegabytes, Path directory, long seed, int threads, String... more)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"),
                writer.getName(), directory.toString(), Long.toString(seed), Integer.toString(threads)));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
