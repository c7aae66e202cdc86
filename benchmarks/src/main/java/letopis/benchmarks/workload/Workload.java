package letopis.benchmarks.workload;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import letopis.benchmarks.contender.Contender;
import letopis.benchmarks.contender.Filling;
import letopis.benchmarks.contender.Kind;
import letopis.benchmarks.contender.LetopisContender;

import static letopis.benchmarks.contender.Kind.AXON;
import static letopis.benchmarks.contender.Kind.LETOPIS;
import static letopis.benchmarks.contender.Kind.LETOPIS_MYSQL;
import static letopis.benchmarks.contender.Kind.LETOPIS_POSTGRES;
import static letopis.benchmarks.contender.Kind.RAW;
import static letopis.benchmarks.contender.Kind.ROCKSDB;
import static letopis.benchmarks.contender.Kind.SQLITE;

/** A question, and who is asked. */
public enum Workload {
    /** One writer, one event an append. */
    W1("one writer, one event an append"),
    /** Many writers. */
    W2("64 writers, one event an append"),
    /** Many writers in several processes. */
    W2P("64 writers, one event an append, through four stores on the same database as four processes have them"),
    /** Many virtual threads, each append under a boundary. */
    W2D("64 virtual threads, one event an append, under a query condition of two tags"),
    /** Many writers, larger appends. */
    W3("64 writers, 10 events an append"),
    /** One writer, large appends. */
    W4("one writer, 1000 events an append"),
    /** One writer that does not wait. */
    W4S("one writer, one event an append, not waiting (submit)"),
    /** Loading streams. */
    W5("load a stream"),
    /** Reading everything. */
    W6("read the whole store"),
    /** Many writers on one stream. */
    W7("64 writers on one stream, retrying"),
    /** Opening. */
    W8("open the store"),
    /** Finding events by what they are. */
    W9("read by tag and by rare type");

    /** How many threads write where many do. */
    public static final int WRITERS = 64;

    private final String title;

    Workload(String title) {
        this.title = title;
    }

    /** The question in words. */
    public String title() {
        return title;
    }

    /** Who is asked. */
    public Set<Kind> asked() {
        return switch (this) {
            case W1, W2, W3, W4, W6 -> EnumSet.allOf(Kind.class);
            case W2P -> EnumSet.of(LETOPIS_POSTGRES, LETOPIS_MYSQL);
            case W2D -> EnumSet.of(LETOPIS, LETOPIS_POSTGRES, LETOPIS_MYSQL);
            case W4S -> EnumSet.of(LETOPIS, LETOPIS_POSTGRES, LETOPIS_MYSQL, RAW);
            case W5 -> EnumSet.complementOf(EnumSet.of(RAW));
            case W7 -> EnumSet.complementOf(EnumSet.of(RAW, AXON));
            case W8 -> EnumSet.of(LETOPIS, SQLITE, ROCKSDB);
            case W9 -> EnumSet.of(LETOPIS, LETOPIS_POSTGRES, LETOPIS_MYSQL, SQLITE);
        };
    }

    /** Whether it is asked of a filled store. */
    public boolean needsFilling() {
        return this == W5 || this == W6 || this == W8 || this == W9;
    }

    /**
     * Measures a contender.
     *
     * @param directory an empty directory, or a store that was filled; for the raw scan, a store of the engine
     * @param filling   what it was filled with
     */
    public List<Counted> run(Kind kind, Path directory, Filling filling, Timing timing) throws Exception {
        if (kind == RAW) {
            return List.of(raw(directory, filling, timing));
        }
        if (this == W8) {
            return List.of(Openings.run(kind, directory, timing));
        }
        try (Contender store = kind.open(directory)) {
            return run(store, filling, timing);
        }
    }

    /** Measures an open store. */
    List<Counted> run(Contender store, Filling filling, Timing timing) throws Exception {
        return switch (this) {
            case W1 -> List.of(Appending.store(store, 1, 1, timing));
            case W2 -> List.of(Appending.store(store, WRITERS, 1, timing));
            case W2P -> List.of(Appending.stores((LetopisContender) store, 4, WRITERS, timing));
            case W2D -> List.of(Boundaries.run((LetopisContender) store, WRITERS, timing));
            case W3 -> List.of(Appending.store(store, WRITERS, 10, timing));
            case W4 -> List.of(Appending.store(store, 1, 1_000, timing));
            case W4S -> List.of(Appending.pipelined((LetopisContender) store, timing));
            case W5 -> Reading.streams(store, filling, timing);
            case W6 -> List.of(Reading.all(store, filling, timing));
            case W7 -> List.of(Contention.run(store, WRITERS, timing));
            case W9 -> List.of(Reading.tags(store, filling, timing), Reading.rareType(store, filling, timing));
            case W8 -> throw new IllegalArgumentException("an open store cannot be opened");
        };
    }

    private Counted raw(Path directory, Filling filling, Timing timing) throws Exception {
        return switch (this) {
            case W1 -> Appending.raw(directory, 1, 1, timing);
            case W2 -> Appending.raw(directory, WRITERS, 1, timing);
            case W3 -> Appending.raw(directory, WRITERS, 10, timing);
            case W4 -> Appending.raw(directory, 1, 1_000, timing);
            case W4S -> Appending.rawPipelined(directory, timing);
            case W6 -> Reading.scan(directory, bytesOfLog(directory), filling.events(), timing);
            default -> throw new IllegalArgumentException(this + " has no raw limit");
        };
    }

    private static long bytesOfLog(Path directory) {
        try (LetopisContender store = (LetopisContender) LETOPIS.open(directory)) {
            return store.logBytes();
        }
    }
}
