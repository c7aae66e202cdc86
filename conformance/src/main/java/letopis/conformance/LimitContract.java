package letopis.conformance;

import java.util.List;
import java.util.TreeSet;

import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Condition;
import letopis.store.Event;
import letopis.store.InvalidNameException;
import letopis.store.LimitExceededException;
import letopis.store.Limits;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** How every store enforces its limits and what it takes for a name: at each limit it works, one beyond it says so. */
public interface LimitContract extends StoreContract {
    /** Small enough to be reached: each a different number. */
    Limits SMALL = new Limits(100, 300, 5, 20, 18, 25, 10, 4);

    @Test
    default void storeTellsItsLimits(Trial trial) {
        assertThat(trial.open(SMALL).limits()).isEqualTo(SMALL);
    }

    @Test
    default void eventHasALimitOfBytes(Trial trial) {
        trial.open(SMALL);
        accepted(trial, Append.to("a-1").of(sized(100, 0)));
        accepted(trial, Append.to("a-1").of(sized(0, 100)));
        accepted(trial, Append.to("a-1").of(sized(60, 40)));

        refused(trial, Append.to("a-1").of(sized(101, 0)), "maxEventBytes", 100, 101);
        refused(trial, Append.to("a-1").of(sized(0, 101)), "maxEventBytes", 100, 101);
        refused(trial, Append.to("a-1").of(sized(60, 41)), "maxEventBytes", 100, 101);
        refused(trial, Append.to("a-1").of(event(), sized(101, 0)), "maxEventBytes", 100, 101);
    }

    @Test
    default void appendHasALimitOfBytes(Trial trial) {
        trial.open(SMALL);
        accepted(trial, Append.to("a-1").of(sized(100, 0), sized(50, 50), sized(0, 100)));

        refused(trial, Append.to("a-1").of(sized(100, 0), sized(50, 50), sized(0, 100), sized(1, 0)), "maxAppendBytes",
                300, 301);
    }

    @Test
    default void appendHasALimitOfEvents(Trial trial) {
        trial.open(SMALL);
        accepted(trial, Append.to("a-1").of(events(5)));

        refused(trial, Append.to("a-1").of(events(6)), "maxAppendEvents", 5, 6);
    }

    @Test
    default void nameOfAStreamHasALimitOfBytes(Trial trial) {
        trial.open(SMALL);
        accepted(trial, Append.to("s".repeat(20)).of(event()));
        accepted(trial, Append.to("é".repeat(10)).of(event()));
        accepted(trial, Append.to("🚀".repeat(5)).of(event()));

        refused(trial, Append.to("s".repeat(21)).of(event()), "maxStreamNameBytes", 20, 21);
        refused(trial, Append.to("é".repeat(10) + "e").of(event()), "maxStreamNameBytes", 20, 21);
        refused(trial, Append.to("🚀".repeat(5) + "e").of(event()), "maxStreamNameBytes", 20, 21);
        refused(trial, Append.to("a-1").of(event()).onlyIf(new Condition.NoStream("s".repeat(21))),
                "maxStreamNameBytes", 20, 21);
    }

    @Test
    default void typeHasALimitOfBytes(Trial trial) {
        trial.open(SMALL);
        accepted(trial, Append.to("a-1").of(event("T".repeat(18))));

        refused(trial, Append.to("a-1").of(event("T".repeat(19))), "maxTypeBytes", 18, 19);
        refused(trial, Append.to("a-1").of(event("é".repeat(9) + "e")), "maxTypeBytes", 18, 19);
    }

    @Test
    default void contentTypeHasALimitOfBytes(Trial trial) {
        trial.open(SMALL);
        accepted(trial, Append.to("a-1").of(event().withContentType("c".repeat(25))));

        refused(trial, Append.to("a-1").of(event().withContentType("c".repeat(26))), "maxContentTypeBytes", 25, 26);
    }

    @Test
    default void tagHasALimitOfBytes(Trial trial) {
        trial.open(SMALL);
        accepted(trial, Append.to("a-1").of(event("T", "t".repeat(10), "é".repeat(5))));

        refused(trial, Append.to("a-1").of(event("T", "ok", "t".repeat(11))), "maxTagBytes", 10, 11);
        refused(trial, Append.to("a-1").of(event("T", "é".repeat(5) + "e")), "maxTagBytes", 10, 11);
    }

    @Test
    default void eventHasALimitOfTags(Trial trial) {
        trial.open(SMALL);
        accepted(trial, Append.to("a-1").of(event("T", "a", "b", "c", "d")));

        refused(trial, Append.to("a-1").of(event("T", "a", "b", "c", "d", "e")), "maxTags", 4, 5);
    }

    @Test
    default void defaultLimitsCanBeReachedTogether(Trial trial) {
        Limits limits = Limits.DEFAULT;
        trial.open(limits);
        var tags = new TreeSet<String>();
        for (int i = 0; i < limits.maxTags(); i++) {
            String number = i + ":";
            tags.add(number + "t".repeat(limits.maxTagBytes() - number.length()));
        }
        Event largest = Event.of("T".repeat(limits.maxTypeBytes()), Bytes.wrap(new byte[limits.maxEventBytes()]))
                .withContentType("c".repeat(limits.maxContentTypeBytes()))
                .withTags(tags);
        accepted(trial, Append.to("s".repeat(limits.maxStreamNameBytes())).of(largest));
        accepted(trial, Append.to("a-1").of(events(limits.maxAppendEvents())));
    }

    @Test
    default void namesAreNotEmpty(Trial trial) {
        invalid(trial, Append.to("").of(event()), "stream", "");
        invalid(trial, Append.to("a-1").of(event("")), "event type", "");
        invalid(trial, Append.to("a-1").of(event("T", "")), "tag", "");
        invalid(trial, Append.to("a-1").of(event().withContentType("")), "content type", "");
        invalid(trial, Append.to("a-1").of(event()).onlyIf(new Condition.StreamExists("")), "stream", "");
    }

    @Test
    default void namesHaveNoControlCharactersAndNoHalvesOfSurrogatePairs(Trial trial) {
        for (String part : List.of("\n", "\r", "\t", "\u0000", "\u001b", "\u007f", "\u0085", "\u009f", "\ud83d",
                "\ude80", "\ude80\ud83d", "\ud83d\ud83d\ude80")) {
            for (String name : List.of(part, part + "a", "a" + part, "a" + part + "b")) {
                invalid(trial, Append.to(name).of(event()), "stream", name);
                invalid(trial, Append.to("a-1").of(event(name)), "event type", name);
                invalid(trial, Append.to("a-1").of(event("T", "ok", name)), "tag", name);
                invalid(trial, Append.to("a-1").of(event().withContentType(name)), "content type", name);
            }
        }
    }

    private static Event sized(int data, int metadata) {
        return Event.of("T", Bytes.wrap(new byte[data])).withMetadata(Bytes.wrap(new byte[metadata]));
    }

    private static void accepted(Trial trial, Append append) {
        long before = trial.store().head();
        assertThat(trial.store().append(append).firstPosition()).isGreaterThan(before);
        assertThat(trial.readAll().getLast().event()).isEqualTo(append.entries().getLast().event());
    }

    private static void refused(Trial trial, Append append, String limit, long allowed, long actual) {
        long head = trial.store().head();
        LimitExceededException refused = catchThrowableOfType(LimitExceededException.class,
                () -> trial.store().append(append));
        assertThat(refused).as("refusal of %d where %s is %d", actual, limit, allowed).isNotNull();
        assertThat(refused.limit()).isEqualTo(limit);
        assertThat(refused.allowed()).isEqualTo(allowed);
        assertThat(refused.actual()).isEqualTo(actual);
        assertThat(refused).hasMessageContaining(limit);
        Throwable submitted = trial.store().submit(append).handle((_, failure) -> failure).join();
        assertThat(submitted).as("what the future fails with").isInstanceOf(LimitExceededException.class);
        assertThat(trial.store().head()).as("head after the refusal").isEqualTo(head);
    }

    private static void invalid(Trial trial, Append append, String kind, String name) {
        Throwable refused = catchThrowable(() -> trial.store().append(append));
        assertThat(refused).as("refusal of the %s name %s", kind, name)
                .isInstanceOfSatisfying(
                        InvalidNameException.class, it -> {
                            assertThat(it.kind()).isEqualTo(kind);
                            assertThat(it.name()).isEqualTo(name);
                        });
        assertThat(trial.store().head()).isZero();
    }
}
