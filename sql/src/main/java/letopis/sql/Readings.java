package letopis.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.RecordedEvent;

/** Reads pages of matching events, and opens readings. */
final class Readings {
    /** A page at first; most streams end in it. */
    static final int FIRST_PAGE = 128;
    /** A page at most. */
    static final int LARGEST_PAGE = 4_096;
    /** What a page should have at most; the next one is made smaller when one had more. */
    static final long PAGE_BYTES = 8 << 20;

    private final Database database;
    private final Rows rows;
    private final Selection selection;
    private final Selection newest;
    private final Recent recent;
    private final Bisection bisection;
    private final InstantSource clock;

    /** @param recent says whether anything was ever forgotten, and may be late with it; the database has the last word */
    Readings(Database database, Rows rows, Recent recent, Bisection bisection, InstantSource clock) {
        this.database = database;
        this.rows = rows;
        this.recent = recent;
        this.selection = new Selection(database.dialect().tables(), "");
        this.newest = new Selection(database.dialect().tables(), database.dialect().seeingTheNewest());
        this.bisection = bisection;
        this.clock = clock;
    }

    /**
     * A page of matching events that can be read.
     *
     * @param head       the head at that moment
     * @param events     those that can be read
     * @param reached    the position that was looked at last; where the page was not full, the bound
     * @param isLast     whether there is nothing behind it
     * @param bytes      the size of all that was read
     * @param lookedAt   how many events were read, shown or not
     */
    record Page(long head, List<RecordedEvent> events, Optional<RecordedEvent> reached, boolean isLast, long bytes,
            int lookedAt) {}

    SqlReading open(Read read) {
        return new SqlReading(this, database, read);
    }

    Instant now() {
        return clock.instant();
    }

    /** A page of events above a position and up to another one. */
    Page byPosition(Connection connection, Query query, long above, long upTo, boolean backwards, int limit,
            boolean seeingTheNewest) throws SQLException {
        return shown(page(connection,
                (seeingTheNewest ? newest : selection).byPosition(query, above, upTo, backwards, limit), backwards,
                seeingTheNewest), limit);
    }

    Page byRevision(Connection connection, Query query, String stream, Range range, boolean backwards, int limit)
            throws SQLException {
        return shown(page(connection, selection.byRevision(query, stream, range.fromRevision, range.toRevision,
                range.above, range.upTo, backwards, limit), backwards, false), limit);
    }

    private Rows.Page page(Connection connection, Selection.Chosen events, boolean backwards, boolean seeingTheNewest)
            throws SQLException {
        if (!seeingTheNewest && recent.forgets() == 0) {
            Optional<Rows.Page> page = rows.pageWithoutRules(connection, events.ordered());
            if (page.isPresent()) {
                return page.get();
            }
        }
        return rows.page(connection, events.table(), backwards, seeingTheNewest);
    }

    private Page shown(Rows.Page page, int limit) {
        Instant now = clock.instant();
        List<RecordedEvent> events = new ArrayList<>(page.rows().size());
        long bytes = 0;
        for (Rows.Row row : page.rows()) {
            RecordedEvent event = row.event();
            bytes += event.data().length() + event.metadata().length();
            if (!row.erased() && row.rule().shows(event.revision(), event.time(), row.lastRevision(), now)) {
                events.add(event);
            }
        }
        int looked = page.rows().size();
        return new Page(page.head(), events,
                looked == 0 ? Optional.empty() : Optional.of(page.rows().getLast().event()), looked < limit, bytes,
                looked);
    }

    /**
     * What is left of a read.
     *
     * @param above        only positions above
     * @param upTo         only positions up to
     * @param fromRevision where one stream is read: only revisions from this on
     * @param toRevision   where one stream is read: only revisions up to this
     */
    record Range(long above, long upTo, long fromRevision, long toRevision) {
        static final Range ALL = new Range(0, Long.MAX_VALUE, 0, Long.MAX_VALUE);

        Range above(long position) {
            return new Range(Math.max(above, position), upTo, fromRevision, toRevision);
        }

        Range upTo(long position) {
            return new Range(above, Math.min(upTo, position), fromRevision, toRevision);
        }

        Range fromRevision(long revision) {
            return new Range(above, upTo, Math.max(fromRevision, revision), toRevision);
        }

        Range toRevision(long revision) {
            return new Range(above, upTo, fromRevision, Math.min(toRevision, revision));
        }

        /** What is left of a read of one stream after an event was read. */
        Range afterRevision(long revision, boolean backwards) {
            return backwards ? toRevision(revision - 1) : fromRevision(revision + 1);
        }

        /** What is left of any other read. */
        Range afterPosition(long position, boolean backwards) {
            return backwards ? upTo(position - 1) : above(position);
        }

        boolean isEmpty() {
            return above >= upTo || fromRevision > toRevision;
        }
    }

    /**
     * Where a read begins and ends, as far as it is certain before it begins: what is appended in between must not be missed, so
     * a bound that lies beyond the head of now is none.
     */
    Range range(Connection connection, Read read) throws SQLException {
        Range range = Range.ALL;
        Optional<Point> low = read.isBackwards() ? read.to() : read.from();
        Optional<Point> high = read.isBackwards() ? read.from() : read.to();
        if (low.isEmpty() && high.isEmpty()) {
            return range;
        }
        boolean simple = low.map(it -> it instanceof Point.Revision).orElse(true)
                && high.map(it -> it instanceof Point.Revision).orElse(true);
        Rows.Head head = simple ? new Rows.Head(0, 0, 0) : rows.headAtOnce(connection);
        if (low.isPresent()) {
            range = low(connection, range, low.get(), head);
        }
        if (high.isPresent()) {
            range = high(connection, range, high.get(), head);
        }
        return read.query().singleStream().isPresent() && !simple
                ? revisions(connection, range, read.query().singleStream().get(), head)
                : range;
    }

    private Range low(Connection connection, Range range, Point point, Rows.Head head) throws SQLException {
        return switch (point) {
            case Point.Revision it -> range.fromRevision(it.revision());
            case Point.Position it -> range.above(it.position() - 1);
            case Point.Time it ->
                range.above(bisection.positionAt(connection, Times.microsFrom(it.time()), head.position()) - 1);
        };
    }

    private Range high(Connection connection, Range range, Point point, Rows.Head head) throws SQLException {
        return switch (point) {
            case Point.Revision it -> range.toRevision(it.revision());
            case Point.Position it -> range.upTo(it.position());
            case Point.Time it -> {
                long micros = Times.micros(it.time());
                yield micros >= head.timeMicros()
                        ? range
                        : range.upTo(bisection.positionAt(connection, micros + 1, head.position()) - 1);
            }
        };
    }

    private Range revisions(Connection connection, Range range, String stream, Rows.Head head) throws SQLException {
        long last = rows.facts(connection, stream, false).lastRevision();
        if (last < FIRST_PAGE) {
            return range;
        }
        Range narrow = range;
        if (range.above > 0) {
            narrow = narrow.fromRevision(bisection.revisionAtPosition(connection, stream, last, range.above + 1));
        }
        if (range.upTo < head.position()) {
            narrow = narrow.toRevision(bisection.revisionAtPosition(connection, stream, last, range.upTo + 1) - 1);
        }
        return narrow;
    }
}
