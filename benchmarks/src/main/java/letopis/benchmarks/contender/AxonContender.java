package letopis.benchmarks.contender;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.modelling.command.ConcurrencyException;

/** Axon 4's event storage engine over JDBC with its defaults, on the same PostgreSQL and pool as the hand-written table. */
final class AxonContender implements Contender {
    private final PostgresServer server;
    private final AxonTransactions transactions;
    private final JdbcEventStorageEngine engine;

    AxonContender(Path directory) {
        server = new PostgresServer(directory);
        transactions = new AxonTransactions(server.pool());
        AxonBytes bytes = new AxonBytes();
        engine = JdbcEventStorageEngine.builder()
                .snapshotSerializer(bytes)
                .eventSerializer(bytes)
                .connectionProvider(transactions)
                .transactionManager(transactions)
                .build();
        transactions.executeInTransaction(() -> engine.createSchema(PostgresEventTableFactory.INSTANCE));
    }

    @Override
    public long append(String stream, long expectedRevision, List<Sample> events) throws StaleRevisionException {
        try {
            engine.appendEvents(messages(stream, expectedRevision, events));
            return expectedRevision + events.size();
        } catch (ConcurrencyException e) {
            throw new StaleRevisionException(engine.lastSequenceNumberFor(stream).orElse(-1L));
        }
    }

    private static List<EventMessage<?>> messages(String stream, long expectedRevision, List<Sample> events) {
        List<EventMessage<?>> messages = new ArrayList<>(events.size());
        long revision = expectedRevision;
        for (Sample event : events) {
            messages.add(new GenericDomainEventMessage<>("order", stream, ++revision, event,
                    Map.of(AxonBytes.METADATA, event.metadata()), event.id().toString(), Instant.now()));
        }
        return messages;
    }

    @Override
    public void fill(Filling filling) throws Exception {
        List<EventMessage<?>> gathered = new ArrayList<>();
        filling.into(batch -> {
            gathered.addAll(messages(batch.stream(), batch.expectedRevision(), batch.events()));
            if (gathered.size() >= 1_000) {
                engine.appendEvents(gathered);
                gathered.clear();
            }
        });
        engine.appendEvents(gathered);
        try (Connection connection = server.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze domainevententry");
            statement.execute("checkpoint");
        }
    }

    @Override
    public void load(String stream, Tally tally) {
        DomainEventStream events = engine.readEvents(stream, 0);
        while (events.hasNext()) {
            add(events.next(), tally);
        }
    }

    private static void add(EventMessage<?> event, Tally tally) {
        byte[] data = (byte[]) event.getPayload();
        byte[] metadata = (byte[]) event.getMetaData().get(AxonBytes.METADATA);
        long revision = event instanceof DomainEventMessage<?> it ? it.getSequenceNumber() : 0;
        tally.add(revision, data.length, metadata == null ? 0 : metadata.length, 0);
    }

    @Override
    public void readAll(Tally tally) {
        try (Stream<? extends TrackedEventMessage<?>> events = engine.readEvents(null, false)) {
            events.forEach(event -> add(event, tally));
        }
    }

    @Override
    public void readTag(String tag, Tally tally) {
        throw new UnsupportedOperationException("Axon 4 has no tags");
    }

    @Override
    public void readType(String type, Tally tally) {
        throw new UnsupportedOperationException("Axon 4 has no index of types");
    }

    @Override
    public void close() {
        server.close();
    }
}
