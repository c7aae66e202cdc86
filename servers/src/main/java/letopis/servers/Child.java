package letopis.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A child process that dies with this JVM: by a shutdown hook, and by the kernel when the JVM is killed.
 *
 * <p>The kernel's signal comes with the end of the <em>thread</em> that started the child, so one thread that never ends
 * starts them all.
 */
final class Child {
    private static final ExecutorService STARTER = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("starter-of-servers").factory());
    private static final Duration READY = Duration.ofMinutes(5);

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Child start(List<String> command, Map<String, String> environment, Path log) {
        List<String> bound = new ArrayList<>();
        if (Programs.onPath("setpriv")) {
            bound.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        }
        bound.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(bound).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Child child = new Child(STARTER.submit(builder::start).get(), log);
            Runtime.getRuntime().addShutdownHook(new Thread(child::stop));
            return child;
        } catch (Exception e) {
            throw new ServerUnavailableException(command + " did not start", e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until a client is answered, not until a port is open. */
    void awaitAnswer(String url) {
        long end = System.nanoTime() + READY.toNanos();
        DriverManager.setLoginTimeout(10); // a server that is just starting may take a connection and never answer it
        while (true) {
            try {
                DriverManager.getConnection(url).close();
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    boolean alive = process.isAlive();
                    kill();
                    throw new ServerUnavailableException((alive ? "no answer within " + READY : "the server died")
                            + "; the end of its log:\n" + tail(), e);
                }
            }
            pause();
        }
    }

    void kill() {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        all.addAll(process.descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }

    void stop() {
        process.destroy();
        try {
            if (process.waitFor(5, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerUnavailableException("interrupted", e);
        }
    }
}
