package letopis.benchmarks.contender;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import javax.sql.DataSource;

import letopis.engine.EmbeddedEventStore;
import letopis.mysql.MysqlEventStore;
import letopis.postgres.PostgresEventStore;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Bytes;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.EventStore;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StreamInfo;

/** An event store of Letopis with its default options: the embedded engine, or another behind the same interface. */
public final class LetopisContender implements Contender {
    /** How many submitted appends may be under way at once. */
    public static final int PIPELINE = 10_000;

    private final EventStore store;
    private final Supplier<EventStore> another;
    private final Callable<?> afterFilling;
    private final Runnable afterwards;

    private LetopisContender(Supplier<EventStore> opening, Callable<?> afterFilling, Runnable afterwards) {
        this.store = opening.get();
        this.another = opening;
        this.afterFilling = afterFilling;
        this.afterwards = afterwards;
    }

    static LetopisContender engine(Path directory) {
        return new LetopisContender(() -> EmbeddedEventStore.open(directory), () -> "", () -> {});
    }

    static LetopisContender onPostgres(Path directory) {
        var server = new PostgresServer(directory);
        return new LetopisContender(() -> PostgresEventStore.open(server.pool()),
                () -> execute(server.pool(), "vacuum analyze letopis.event", "vacuum analyze letopis.event_tag",
                        "checkpoint"),
                server::close);
    }

    static LetopisContender onMysql(Path directory) {
        var server = new MysqlPool(directory);
        return new LetopisContender(() -> MysqlEventStore.open(server.pool()),
                () -> execute(server.pool(), "analyze table letopis_event", "analyze table letopis_event_tag"),
                server::close);
    }

    /** What the table written by hand is treated to. */
    private static int execute(DataSource pool, String... statements) throws SQLException {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return statements.length;
    }

    /** The store itself. */
    public EventStore store() {
        return store;
    }

    /** The same events opened once more, as another process would have them; of a store on a database. */
    public EventStore another() {
        return another.get();
    }

    /** How many bytes of the engine's log are in use; 0 for another store. */
    public long logBytes() {
        return store instanceof EmbeddedEventStore engine ? engine.stats().bytesUsed() : 0;
    }

    @Override
    public long append(String stream, long expectedRevision, List<Sample> events) throws StaleRevisionException {
        return append(store, stream, expectedRevision, events);
    }

    /** The same through one of the stores that are open on these events. */
    public static long append(EventStore store, String stream, long expectedRevision, List<Sample> events)
            throws StaleRevisionException {
        try {
            return store.append(toAppend(stream, expectedRevision, events)).revision(stream);
        } catch (ConditionFailedException e) {
            throw new StaleRevisionException(e.found().map(StreamInfo::lastRevision).orElse(-1L));
        }
    }

    /** An append that expects a revision. */
    public static Append toAppend(String stream, long expectedRevision, List<Sample> events) {
        Append.ToStream to = Append.to(stream);
        return (expectedRevision < 0 ? to.expectingNoStream() : to.expectingRevision(expectedRevision))
                .of(toEvents(events));
    }

    /** Samples as events. */
    public static List<Event> toEvents(List<Sample> samples) {
        if (samples.size() == 1) {
            return List.of(toEvent(samples.getFirst()));
        }
        List<Event> events = new ArrayList<>(samples.size());
        samples.forEach(sample -> events.add(toEvent(sample)));
        return events;
    }

    private static Event toEvent(Sample sample) {
        return new Event(sample.id(), sample.type(), Event.JSON, Bytes.wrap(sample.data()),
                Bytes.wrap(sample.metadata()), sample.tags().isEmpty() ? Set.of() : Set.copyOf(sample.tags()));
    }

    @Override
    public void fill(Filling filling) throws Exception {
        ArrayDeque<CompletableFuture<Appended>> underWay = new ArrayDeque<>();
        filling.into(batch -> {
            underWay.add(store.submit(Append.to(batch.stream()).of(toEvents(batch.events()))));
            while (underWay.size() > PIPELINE) {
                underWay.remove().join();
            }
        });
        underWay.forEach(CompletableFuture::join);
        afterFilling.call();
    }

    @Override
    public void load(String stream, Tally tally) {
        read(Read.stream(stream), tally);
    }

    @Override
    public void readAll(Tally tally) {
        read(Read.all(), tally);
    }

    @Override
    public void readTag(String tag, Tally tally) {
        read(Read.of(Query.tag(tag)), tally);
    }

    @Override
    public void readType(String type, Tally tally) {
        read(Read.of(Query.type(type)), tally);
    }

    private void read(Read read, Tally tally) {
        try (Reading reading = store.read(read)) {
            while (reading.hasNext()) {
                RecordedEvent event = reading.next();
                tally.add(event.revision(), event.data().length(), event.metadata().length(), event.type().length());
            }
        }
    }

    @Override
    public void close() {
        store.close();
        afterwards.run();
    }
}
