package letopis.servers;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The programs of servers, unpacked once per user and version.
 *
 * <p>They are unpacked under another name and renamed when complete: two builds never meet in half a folder.
 */
final class Programs {
    /** Fetching a package over a slow line takes minutes; what takes longer than this hangs. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private Programs() {}

    interface Unpacking {
        /** Returns what the folder's name ends with, as a version that is known only now. */
        String into(Path folder) throws IOException;
    }

    /** The folder of this name, or unpacks it: its name is then the given one and what the unpacking says. */
    static Path once(String name, Unpacking unpacking) {
        if (Files.isDirectory(cache().resolve(name))) {
            return cache().resolve(name);
        }
        try {
            Files.createDirectories(cache());
            Path half = Files.createTempDirectory(cache(), "half." + name);
            Path folder = cache().resolve(name);
            try {
                folder = cache().resolve(name + unpacking.into(half));
                Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                delete(half);
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
            return folder;
        } catch (IOException e) {
            throw new ServerUnavailableException(name + " could not be unpacked below " + cache(), e);
        }
    }

    /** The folder that was unpacked last of those whose names begin so. */
    static Optional<Path> newest(String prefix) {
        if (!Files.isDirectory(cache())) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(cache())) {
            return folders.filter(it -> it.getFileName().toString().startsWith(prefix))
                    .max(Comparator.comparingLong(it -> it.toFile().lastModified()));
        } catch (IOException e) {
            throw new ServerUnavailableException(cache() + " cannot be read", e);
        }
    }

    static Path cache() {
        String property = System.getProperty("letopis.servers");
        return property == null
                ? Path.of(System.getProperty("user.home"), ".cache", "letopis", "servers")
                : Path.of(property);
    }

    static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    /**
     * A command that root may give, too, of a program that does not run as root: in a user namespace without a mapping root is
     * nobody, and still owns its files.
     */
    static List<String> notAsRoot(List<String> command) {
        List<String> all = new ArrayList<>();
        if (root()) {
            all.addAll(List.of("unshare", "-U", "--"));
        }
        all.addAll(command);
        return all;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ServerUnavailableException("no free port", e);
        }
    }

    static Path temporary(String name) {
        try {
            return Files.createTempDirectory("letopis-" + name);
        } catch (IOException e) {
            throw new ServerUnavailableException("no temporary directory", e);
        }
    }

    /** Runs a program to its end; its output is the message of the failure. */
    static String run(List<String> command) throws IOException {
        return run(command, LONGEST);
    }

    /** The same, with its own deadline: what has not ended by then is killed, with all that it started. */
    static String run(List<String> command, Duration atMost) throws IOException {
        Path output = Files.createTempFile("letopis-program", ".log");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            boolean ended = ends(process, atMost);
            String said = Files.readString(output, StandardCharsets.ISO_8859_1);
            if (!ended) {
                throw new IOException(command + " did not end within " + atMost + "; it said:\n" + said);
            }
            if (process.exitValue() != 0) {
                throw new IOException(command + " failed:\n" + said);
            }
            return said;
        } finally {
            Files.delete(output);
        }
    }

    private static boolean ends(Process process, Duration atMost) throws IOException {
        try {
            if (process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            if (process.isAlive()) {
                List<ProcessHandle> started = process.descendants().toList();
                process.destroyForcibly();
                started.forEach(ProcessHandle::destroyForcibly);
            }
        }
        return false;
    }

    static void copyResource(String resource, Path target) throws IOException {
        try (InputStream in = resource(resource).openStream()) {
            Files.copy(in, target);
        }
    }

    /** Copies a folder out of the jar that holds it. */
    static void copyFolder(String prefix, Path target) throws IOException {
        String url = resource(prefix).toString();
        Path jar = Path.of(URI.create(url.substring("jar:".length(), url.indexOf("!/"))));
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().filter(one -> one.getName().startsWith(prefix)).toList()) {
                Path to = target.resolve(entry.getName().substring(prefix.length())).normalize();
                if (!to.startsWith(target)) {
                    throw new IOException("outside of its folder: " + entry);
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, to);
                    }
                }
            }
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(folder + " could not be deleted", e);
        }
    }

    private static URL resource(String name) throws IOException {
        URL url = ClassLoader.getSystemResource(name);
        if (url == null) {
            throw new IOException("not on the class path: " + name);
        }
        return url;
    }
}
