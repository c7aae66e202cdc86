package letopis.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import letopis.sql.dialect.Dialect;
import letopis.sql.dialect.KnownId;
import letopis.store.Append;
import letopis.store.RecordedEvent;

/**
 * Writes appends in one transaction, each with its own verdict.
 *
 * <p>There are two ways. <em>At the head</em>: all that decides is known in this process, and one trip to the database takes
 * the turn, confirms that the head is still the one that was decided on, and writes. <em>In turn</em>: take the turn, read what
 * others wrote meanwhile, decide, write, commit. The second way is for when others write, too, when there are read models to
 * be written along, and when something is to be refused: only there is it certain whether an append is a retry.
 */
final class Writer {
    private final Dialect dialect;
    private final Rows rows;
    private final Readings readings;
    private final Recent recent;
    private final Refusals refusals;
    private final InstantSource clock;
    private final List<InlineProjection> inline;

    Writer(Dialect dialect, Rows rows, Readings readings, Recent recent, Refusals refusals, SqlOptions options) {
        this.dialect = dialect;
        this.rows = rows;
        this.readings = readings;
        this.recent = recent;
        this.refusals = refusals;
        this.clock = options.clock();
        this.inline = options.inline();
    }

    boolean canWriteAtHead() {
        return inline.isEmpty() && recent.forgets() >= 0;
    }

    /**
     * Writes at the head that is known here.
     *
     * @return nothing if it must be done in turn; then nothing was written
     */
    Optional<List<Verdict>> atHead(Connection connection, List<Append> appends, Duration turnAtMost)
            throws SQLException {
        Rows.Head head = recent.head();
        Map<String, StreamFacts> streams = streams(connection, names(appends), head);
        Admission admission = admission(connection, head, streams, Map.of());
        List<Verdict> verdicts = new ArrayList<>(appends.size());
        for (Append append : appends) {
            Verdict verdict = admission.judge(append);
            if (verdict instanceof Verdict.Refused) {
                return Optional.empty(); // unless it is a retry, which is found out in turn
            }
            verdicts.add(verdict);
        }
        if (!dialect.insertAtHead(connection, head.position(), head.forgets(), admission.drafts(), turnAtMost)) {
            return Optional.empty();
        }
        recent.add(admission.drafts());
        return Optional.of(verdicts);
    }

    /**
     * Writes in turn.
     *
     * @param connection inside a transaction, which is committed here; after an exception it is to be rolled back
     */
    List<Verdict> inTurn(Connection connection, List<Append> appends, boolean withIds, Duration turnAtMost)
            throws SQLException {
        dialect.beginTurn(connection, turnAtMost);
        catchUp(connection);
        Rows.Head head = recent.head();
        Map<String, StreamFacts> streams = streams(connection, names(appends), head);
        Map<UUID, KnownId> ids = withIds ? ids(connection, appends, false) : Map.of();
        Admission admission = admission(connection, head, streams, ids);
        List<Verdict> verdicts = judge(admission, appends);
        if (!withIds && verdicts.stream().anyMatch(it -> it instanceof Verdict.Refused)) {
            admission = admission(connection, head, streams, ids(connection, appends, false));
            verdicts = judge(admission, appends);
        }
        if (!admission.drafts().isEmpty()) {
            dialect.insert(connection, admission.drafts());
            project(connection, verdicts, admission.drafts());
        }
        connection.commit();
        recent.add(admission.drafts());
        return verdicts;
    }

    /**
     * Writes one append inside a transaction of the user's, who commits it. Knows nothing but what the transaction sees, and
     * tells nobody.
     */
    Verdict within(Connection connection, Append append, Duration turnAtMost) throws SQLException {
        dialect.takeTurn(connection, turnAtMost);
        Rows.Head head = rows.head(connection, true);
        List<Append> one = List.of(append);
        Map<String, StreamFacts> streams = rows.facts(connection, names(one), head.forgets() != 0, true);
        Admission admission = new Admission(new BatchFacts(head, streams, ids(connection, one, true), now(), readings,
                Optional.empty(), connection), refusals);
        Verdict verdict = admission.judge(append);
        if (!admission.drafts().isEmpty()) {
            dialect.insert(connection, admission.drafts());
            project(connection, List.of(verdict), admission.drafts());
            dialect.tell(connection);
        }
        return verdict;
    }

    /** Reads what others wrote since, and were forgotten since. The turn is taken, so nobody writes more. */
    private void catchUp(Connection connection) throws SQLException {
        Rows.Head now = rows.headAtOnce(connection);
        recent.forgotten(now.forgets());
        long known = recent.position();
        if (now.position() - known > Recent.MAX_EVENTS / 2) {
            recent.begin(now);
        } else if (now.position() > known) {
            recent.add(rows.range(connection, known, now.position()));
        }
    }

    private Map<String, StreamFacts> streams(Connection connection, Collection<String> names, Rows.Head head)
            throws SQLException {
        Map<String, StreamFacts> known = recent.known(names);
        if (known.size() < names.size()) {
            List<String> missing = names.stream().filter(it -> !known.containsKey(it)).toList();
            Map<String, StreamFacts> read = rows.facts(connection, missing, head.forgets() != 0, false);
            recent.learn(read.values(), head);
            known.putAll(read);
        }
        return known;
    }

    private Map<UUID, KnownId> ids(Connection connection, List<Append> appends, boolean newest) throws SQLException {
        Set<UUID> wanted = new LinkedHashSet<>();
        appends.forEach(append -> append.entries().forEach(entry -> wanted.add(entry.event().id())));
        Map<UUID, KnownId> known = new HashMap<>();
        dialect.knownIds(connection, wanted, newest).forEach(it -> known.put(it.id(), it));
        return known;
    }

    private Admission admission(Connection connection, Rows.Head head, Map<String, StreamFacts> streams,
            Map<UUID, KnownId> ids) {
        return new Admission(new BatchFacts(head, streams, ids, now(), readings, Optional.of(recent), connection),
                refusals);
    }

    private static List<Verdict> judge(Admission admission, List<Append> appends) throws SQLException {
        List<Verdict> verdicts = new ArrayList<>(appends.size());
        for (Append append : appends) {
            verdicts.add(admission.judge(append));
        }
        return verdicts;
    }

    private void project(Connection connection, List<Verdict> verdicts, List<RecordedEvent> drafts)
            throws SQLException {
        if (inline.isEmpty()) {
            return;
        }
        long before = drafts.getFirst().position();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Written written) {
                List<RecordedEvent> events = drafts.subList(
                        (int) (written.appended().firstPosition() - before),
                        (int) (written.appended().position() - before + 1));
                for (InlineProjection projection : inline) {
                    projection.apply(connection, List.copyOf(events));
                }
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Set<String> names(List<Append> appends) {
        Set<String> names = new LinkedHashSet<>();
        for (Append append : appends) {
            append.entries().forEach(it -> names.add(it.stream()));
            append.conditions().forEach(it -> names.addAll(it.streams()));
        }
        return names;
    }
}
