package letopis.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A server that is a child of this JVM, with a directory and a port of its own. */
abstract sealed class LocalServer implements DatabaseServer
        permits PostgresServer, PgbouncerServer, MysqlServer, MariadbServer {
    final Path directory;
    private final boolean kept;
    final int port = Programs.freePort();
    private @Nullable Child child;

    /** @param kept whether the directory stays when the server is closed */
    LocalServer(Path directory, boolean kept) {
        try {
            this.directory = Files.createDirectories(directory);
            this.kept = kept;
        } catch (IOException e) {
            throw new ServerUnavailableException("no directory for a server", e);
        }
    }

    abstract List<String> command();

    Path data() {
        return directory.resolve("data");
    }

    /** For its temporary tables: a server that starts deletes what others have in a directory that it shares with them. */
    Path temporary() {
        try {
            return Files.createDirectories(directory.resolve("tmp"));
        } catch (IOException e) {
            throw new ServerUnavailableException("no directory for temporary tables", e);
        }
    }

    private Child child() {
        if (child == null) {
            throw new IllegalStateException("the server does not run");
        }
        return child;
    }

    @Override
    public long pid() {
        return child().pid();
    }

    @Override
    public Path log() {
        return directory.resolve("log");
    }

    @Override
    public synchronized void kill() {
        child().kill();
        child = null;
    }

    @Override
    public synchronized void start() {
        if (child != null) {
            throw new IllegalStateException("the server runs already");
        }
        Child started = Child.start(command(), Map.of(), log());
        started.awaitAnswer(jdbcUrl());
        child = started;
    }

    @Override
    public synchronized void restart() {
        whileStopped(() -> {});
    }

    /** Stops the server in an orderly way, does this, and starts it again. */
    final synchronized void whileStopped(Runnable work) {
        child().stop();
        child = null;
        work.run();
        start();
    }

    @Override
    public synchronized void close() {
        if (child != null) {
            child.stop();
            child = null;
        }
        if (!kept && Files.exists(directory)) {
            Programs.delete(directory);
        }
    }
}
