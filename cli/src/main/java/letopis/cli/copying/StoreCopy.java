package letopis.cli.copying;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.cli.copying.CopyProgress.Step;
import letopis.cli.copying.CopyRefusedException.Reason;
import letopis.store.Capability;
import letopis.store.Condition;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.StreamInfo;

/**
 * Copies all events of a store into another one, of whatever kinds they are: with order, positions, revisions, ids, times, content
 * types, metadata, tags and bytes, and then the rules of retention.
 *
 * <p>The target is empty, or the beginning of the source: a copy that was broken off anywhere goes on where it ended. What the
 * source gets meanwhile is left to the next run. Nobody else may append to the target.
 *
 * <p>A store that has forgotten events has holes that no append can make, so its copy is refused, unless it may be renumbered: then
 * what is left is copied in its order, and positions and revisions are counted anew. What was appended together is not known of a
 * recorded event, so it becomes visible event by event or in groups of the same time.
 */
public final class StoreCopy {
    /** How many of the target's last events are compared with the source before more are added. */
    private static final int COMPARED = 1_000;
    private static final int PAGE = 1_000;

    private final EventStore source;
    private final EventStore target;
    private final boolean renumber;
    private final boolean verify;
    private final CopyProgress progress;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param renumber whether positions and revisions may be counted anew
     * @param verify   whether to read both stores afterwards, and compare them
     */
    public StoreCopy(EventStore source, EventStore target, boolean renumber, boolean verify, CopyProgress progress) {
        this.source = source;
        this.target = target;
        this.renumber = renumber;
        this.verify = verify;
        this.progress = progress;
    }

    /**
     * Copies until the head that the source has now.
     *
     * @throws CopyRefusedException if the target is not the beginning of the source, the source has forgotten events, somebody
     *                              else appends to the target, or the copy is not equal to the source afterwards
     */
    public CopyReport run() {
        long head = source.head();
        List<StreamInfo> ruled = streamsWithRules();
        long there = target.head();
        if (!renumber) {
            mustBeBeginning(there, head);
        }
        CopyPipeline pipeline = new CopyPipeline(target, renumber, there, lastOfTarget());
        boolean whole = (there >= head && !renumber) || copy(pipeline, there, head);
        if (whole) {
            whole = !verify || verified(head);
        }
        if (whole) {
            ruled.forEach(this::rule);
        }
        return new CopyReport(pipeline.written(), there, target.head(), whole, whole && verify, notes);
    }

    /** The streams of which something was forgotten or will be; the former are refused where numbers must stay. */
    private List<StreamInfo> streamsWithRules() {
        List<StreamInfo> ruled = new ArrayList<>();
        long forgetful = 0;
        long forgotten = 0;
        String first = "";
        String after = "";
        List<StreamInfo> page;
        do {
            page = source.streams("", after, PAGE);
            for (StreamInfo info : page) {
                after = info.stream();
                if (info.firstRevision() > 0) {
                    first = first.isEmpty() ? info.stream() : first;
                    forgetful++;
                    forgotten += info.firstRevision();
                }
                if (info.state() != StreamInfo.State.OPEN
                        || !info.retention().equals(Forget.Retention.EVERYTHING)) {
                    ruled.add(info);
                }
            }
        } while (page.size() == PAGE);
        if (forgetful > 0) {
            String what = "the source has forgotten " + forgotten + " events of " + forgetful
                    + (forgetful == 1 ? " stream, " : " streams, the first is ") + first;
            if (!renumber) {
                throw new CopyRefusedException(Reason.FORGOTTEN,
                        what + ": positions and revisions would not be the same without them");
            }
            notes.add(what + "; what is left is numbered anew, and checkpoints of the source mean nothing here");
        }
        return ruled;
    }

    private void mustBeBeginning(long there, long head) {
        if (there == 0) {
            return;
        }
        if (there > head) {
            throw notBeginning("the target has " + there + " positions, and the source has " + head);
        }
        long from = Math.max(1, there - COMPARED + 1);
        boolean same = true;
        try (Reading left = source.read(Read.all().from(Point.position(from)).to(Point.position(there)));
                Reading right = target.read(Read.all().from(Point.position(from)))) {
            while (same && left.hasNext() && right.hasNext()) {
                same = Difference.between(left.next(), right.next(), false).isEmpty();
            }
            same &= !left.hasNext() && !right.hasNext();
        }
        if (!same) {
            throw notBeginning(new Comparison(source, target, false)
                    .firstDifference(there, position -> progress.at(Step.COMPARING, position, there))
                    .orElse("it changed while it was looked at"));
        }
    }

    private static CopyRefusedException notBeginning(String difference) {
        return new CopyRefusedException(Reason.NOT_A_PREFIX,
                "what the target holds is not the beginning of the source: " + difference);
    }

    private Condition lastOfTarget() {
        try (Reading reading = target.read(Read.all().backwards().limit(1))) {
            return reading.first()
                    .<Condition>map(it -> new Condition.StreamAt(it.stream(), it.revision()))
                    .orElse(new Condition.NoEventsMatch(Query.all(), 0));
        }
    }

    private boolean copy(CopyPipeline pipeline, long there, long head) {
        Batches batches = new Batches(target.limits());
        Read read = Read.all().to(Point.position(head));
        try (Reading reading = source.read(renumber ? read : read.from(Point.position(there + 1)))) {
            if (renumber) {
                skipWhatIsThere(reading, pipeline, head);
            }
            long expected = there;
            while (reading.hasNext()) {
                if (progress.stopped()) {
                    pipeline.drain();
                    return false;
                }
                RecordedEvent event = reading.next();
                expected++;
                if (!renumber && event.position() != expected) {
                    throw new CopyRefusedException(Reason.FORGOTTEN, "the source has no event at position " + expected
                            + ", and the next one, of " + event.stream() + ", is at " + event.position()
                            + ": it would not get the same position");
                }
                batches.add(event).ifPresent(pipeline::add);
                progress.at(Step.COPYING, event.position(), head);
            }
            batches.last().ifPresent(pipeline::add);
        } finally {
            pipeline.drain();
        }
        return true;
    }

    /** Positions do not tell where to go on, so what is there is compared one by one. */
    private void skipWhatIsThere(Reading reading, CopyPipeline pipeline, long head) {
        try (Reading right = target.read(Read.all())) {
            while (right.hasNext()) {
                RecordedEvent here = right.next();
                if (!reading.hasNext()) {
                    throw notBeginning("the target has an event at position " + here.position()
                            + " that the source does not have");
                }
                RecordedEvent event = reading.next();
                Difference.between(event, here, true).ifPresent(it -> {
                    throw notBeginning(it);
                });
                pipeline.there(event);
                progress.at(Step.COMPARING, event.position(), head);
            }
        }
    }

    private boolean verified(long head) {
        Optional<String> difference;
        try {
            difference = new Comparison(source, target, renumber).firstDifference(head, position -> {
                progress.at(Step.VERIFYING, position, head);
                if (progress.stopped()) {
                    throw new StoppedException();
                }
            });
        } catch (StoppedException e) {
            return false;
        }
        difference.ifPresent(it -> {
            throw new CopyRefusedException(Reason.DIFFERENT, "the copy is not equal to the source: " + it);
        });
        return true;
    }

    /** The verification was asked to end. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** After the verification, since what is forgotten by it cannot be compared any more. */
    private void rule(StreamInfo info) {
        if (target.stream(info.stream()).isEmpty()) {
            notes.add(
                    "stream " + info.stream() + ", which is " + words(info) + ", has no events left, and is not in the"
                            + " target at all");
            return;
        }
        boolean retained = !info.retention().equals(Forget.Retention.EVERYTHING);
        if (!target.capabilities().contains(Capability.FORGET)
                || (retained && !target.capabilities().contains(Capability.RETENTION))) {
            notes.add("the target cannot keep that stream " + info.stream() + " is " + words(info));
            return;
        }
        if (retained && info.state() != StreamInfo.State.TOMBSTONED) {
            target.forget(Forget.beyond(info.stream(), info.retention()));
        }
    }

    private static String words(StreamInfo info) {
        return switch (info.state()) {
            case OPEN -> "kept in part only";
            case DELETED -> "deleted";
            case TOMBSTONED -> "ended for ever";
        };
    }
}
