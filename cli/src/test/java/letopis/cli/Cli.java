package letopis.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import letopis.cli.command.Session;
import letopis.cli.terminal.Interruption;
import letopis.cli.terminal.Terminal;

/** Runs the command line as users do: in a process of its own, with its output in files. */
final class Cli {
    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final long MAX_SECONDS = 240;

    /** A process, and the files that its output goes to. */
    record Running(Process process, Path out, Path err) {
        /** Waits for the end of the process. */
        Result result() throws IOException, InterruptedException {
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "letopis did not end in " + MAX_SECONDS + " s; it said " + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        /** Sends a signal, as the keyboard does. */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start().waitFor();
        }
    }

    /** What a process left. */
    record Result(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private Cli() {}

    /** In this process: where what a command does matters, and not how its process behaves. Names of files are absolute. */
    static Result here(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Main.run(new Session("letopis", Terminal.to(out, err), new Interruption(), InstantSource.system()),
                arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Result run(String... arguments) throws IOException, InterruptedException {
        return start(Path.of(System.getProperty("java.io.tmpdir")), arguments).result();
    }

    static Result run(Path directory, String... arguments) throws IOException, InterruptedException {
        return start(directory, arguments).result();
    }

    /** With this on the standard input. */
    static Result runWith(String input, String... arguments) throws IOException, InterruptedException {
        Running running = start(Path.of(System.getProperty("java.io.tmpdir")), arguments);
        try (OutputStream in = running.process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        return running.result();
    }

    static Running start(String... arguments) throws IOException {
        return start(Path.of(System.getProperty("java.io.tmpdir")), arguments);
    }

    static Running start(Path directory, String... arguments) throws IOException {
        return start(directory, command(System.getProperty("java.class.path"), arguments));
    }

    /**
     * The same command in a process that hears Ctrl-C: shells start what runs in the background with that signal ignored,
     * children inherit it, and a Java that inherits it cannot hear the signal at all.
     */
    static List<String> hearingInterrupts(List<String> command) throws IOException {
        List<String> heard = new ArrayList<>(
                interruptsAreIgnored() ? List.of("env", "--default-signal=INT") : List.of());
        heard.addAll(command);
        return heard;
    }

    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status) && Files.readAllLines(status)
                .stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    /** The command that a shell would start. */
    static List<String> command(String classPath, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(JAVA, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-ea", "-cp", classPath,
                        "letopis.cli.Main"));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    static Running start(Path directory, List<String> command) throws IOException {
        Path out = Files.createTempFile("letopis-out", "");
        Path err = Files.createTempFile("letopis-err", "");
        out.toFile().deleteOnExit();
        err.toFile().deleteOnExit();
        ProcessBuilder builder = new ProcessBuilder(hearingInterrupts(command)).directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("LETOPIS_TTY", "");
        builder.environment().remove("NO_COLOR");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return new Running(builder.start(), out, err);
    }
}
