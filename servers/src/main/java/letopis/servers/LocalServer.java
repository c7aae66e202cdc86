package letopis.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A server that is a child of this JVM, with a directory and a port of its own. */
abstract sealed class LocalServer implements DatabaseServer permits PostgresServer, MysqlServer, MariadbServer {
    final Path directory;
    final int port = Programs.freePort();
    private @Nullable Child child;

    LocalServer(Path directory) {
        this.directory = directory;
    }

    abstract List<String> command();

    Path data() {
        return directory.resolve("data");
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
        stop();
        start();
    }

    /** Stops it in an orderly way. */
    final synchronized void stop() {
        child().stop();
        child = null;
    }

    @Override
    public synchronized void close() {
        if (child != null) {
            child.stop();
            child = null;
        }
        if (Files.exists(directory)) {
            Programs.delete(directory);
        }
    }
}
