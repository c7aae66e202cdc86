package letopis.conformance;

import java.util.List;
import java.util.stream.LongStream;

import letopis.store.Append;
import letopis.store.Capability;
import letopis.store.ConditionFailedException;
import letopis.store.Event;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.RecordedEvent;
import letopis.store.StreamInfo;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.reversed;
import static letopis.conformance.Events.revisions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What can be seen of a stream, looked at in every way there is: each kind of read both ways, subscriptions, conditions and
 * what is said of the stream. All of its events are of one type and have one tag, and no others have.
 */
final class Sight {
    static final String STREAM = "thing-1";
    private static final List<Query> WAYS = List.of(Query.stream(STREAM), Query.category("thing"),
            Query.type("Happened"), Query.tag("of:thing"), Query.category("thing").withTypes("Happened"),
            Query.type("Happened").withTags("of:thing"), Query.stream(STREAM).withTypes("Happened", "Missing"),
            Query.stream("missing").or(Query.tag("of:thing")), Query.all());

    private Sight() {}

    static Event[] happened(int count) {
        return Events.events(count, "Happened", "of:thing");
    }

    /** Tries that of the stream exactly these revisions can be seen. */
    static void shows(Trial trial, long... expected) {
        List<Long> revisions = LongStream.of(expected).boxed().toList();
        for (Query way : WAYS) {
            assertThat(seen(trial.read(way))).as("read by \"%s\"", way).isEqualTo(revisions);
            assertThat(seen(trial.read(Read.of(way).backwards()))).as("read backwards by \"%s\"", way)
                    .isEqualTo(reversed(revisions));
            assertThat(seen(Subscriber.catchUp(trial.store(), way, 0))).as("subscribed by \"%s\"", way)
                    .isEqualTo(revisions);
        }
        for (long revision : revisions) {
            assertThat(revisions(trial.read(Read.stream(STREAM).from(Point.revision(revision)).limit(1))))
                    .as("read from revision %d on", revision)
                    .containsExactly(revision);
        }
        StreamInfo info = trial.store().stream(STREAM).orElseThrow();
        assertThat(info.count()).as("how many events %s has", info).isEqualTo(revisions.size());
        assertThat(info.firstRevision()).as("first revision of %s", info)
                .isEqualTo(revisions.isEmpty() ? info.lastRevision() + 1 : revisions.getFirst());
        if (trial.has(Capability.QUERY_CONDITIONS)) {
            WAYS.subList(0, WAYS.size() - 1).forEach(way -> condition(trial, way, revisions.isEmpty()));
        }
    }

    private static void condition(Trial trial, Query way, boolean holds) {
        Append probe = Append.to("probe-1").of(event("Probed")).failIfEventsMatch(way);
        if (holds) {
            trial.store().append(probe);
        } else {
            assertThatThrownBy(() -> trial.store().append(probe)).as("condition that no event matches \"%s\"", way)
                    .isInstanceOf(ConditionFailedException.class);
        }
    }

    private static List<Long> seen(List<RecordedEvent> events) {
        return revisions(events.stream().filter(it -> it.stream().equals(STREAM)).toList());
    }
}
