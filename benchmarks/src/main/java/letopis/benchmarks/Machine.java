package letopis.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import letopis.benchmarks.contender.RawFile;
import letopis.benchmarks.contender.Sample;

/**
 * What was measured on.
 *
 * @param moment          {@code begin} or {@code end} of the run
 * @param forcesPerSecond how often 512 bytes could be written and forced, one after the other, for a second
 * @param jvmArguments    of each measuring JVM
 */
public record Machine(String moment, String time, int cores, String processor, long memoryMegabytes, String system,
        String fileSystem, String java, List<String> jvmArguments, double load, double forcesPerSecond) {
    static Machine now(String moment, Path data, List<String> jvmArguments) throws IOException {
        return new Machine(moment, Instant.now().toString(), Runtime.getRuntime().availableProcessors(),
                processorName(),
                memory(), System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Files.getFileStore(data).type(), System.getProperty("java.vendor") + " " + Runtime.version(),
                jvmArguments, loadAverage(), forces(data));
    }

    /** The load average of the last minute. */
    static double loadAverage() {
        return Math.round(100 * ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()) / 100.0;
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException _) {
            return System.getProperty("os.arch");
        }
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean it
                ? it.getTotalMemorySize() >> 20
                : 0;
    }

    private static double forces(Path data) throws IOException {
        Path directory = Files.createTempDirectory(data, "forces");
        long forces = 0;
        long begin = System.nanoTime();
        try (RawFile file = new RawFile(directory, 16 << 20)) {
            ByteBuffer group = RawFile.group(1);
            begin = System.nanoTime();
            while (System.nanoTime() - begin < 1_000_000_000) {
                RawFile.begin(group);
                RawFile.put(group, Sample.of(forces));
                file.commit(group);
                forces++;
            }
        }
        double rate = forces * 1e9 / (System.nanoTime() - begin);
        delete(directory);
        return Math.round(rate);
    }

    /** Writes to disk what the system keeps for it, lest what is measured pay for what was done before. */
    static void settle() throws IOException, InterruptedException {
        new ProcessBuilder("sync").inheritIO().start().waitFor();
    }

    /** Deletes a directory with all that is in it. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
