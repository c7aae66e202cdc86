package letopis.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import letopis.memory.MemoryEventStore;
import letopis.model.CourseEvent.CourseDefined;
import letopis.model.CourseEvent.StudentEnrolled;
import letopis.model.CourseEvent.StudentRegistered;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.Point;
import letopis.store.Query;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Decisions that span streams: courses and students, and an email address that nobody else has. */
class DecisionsTest {
    private final MemoryEventStore store = MemoryEventStore.open();
    private final Decisions<CourseEvent> decisions = Decisions.over(store, CourseEvent.TYPES)
            .withRetries(new Retries(1000, Duration.ofMillis(1), Duration.ofMillis(10)));

    private Handled<Enrolment, CourseEvent> enrol(String course, String student) {
        return Enrolment.of(decisions, course, student).handle("enrolment-" + course, Enrolment::enrol);
    }

    private void define(String course, int capacity) {
        Aggregates.over(store, "course", CourseEvent.TYPES, 0, (count, _) -> count + 1)
                .handle(course, _ -> List.of(new CourseDefined(course, capacity)));
    }

    private Handled<Boolean, CourseEvent> register(String student, String email) {
        return decisions.within(Query.tag("email:" + email), false, (_, _) -> true)
                .handle("student-" + student, taken -> {
                    if (taken) {
                        throw new IllegalStateException(email + " is taken");
                    }
                    return List.of(new StudentRegistered(student, email));
                });
    }

    @Test
    void aStudentIsEnrolledOnce() {
        define("c1", 2);

        Handled<Enrolment, CourseEvent> handled = enrol("c1", "s1");

        assertThat(handled.events()).containsExactly(new StudentEnrolled("c1", "s1"));
        assertThat(handled.state()).isEqualTo(new Enrolment("c1", "s1", 2, 1, 1, true));
        assertThat(Enrolment.of(decisions, "c1", "s1").load().state()).isEqualTo(handled.state());
        assertThat(enrol("c1", "s1").events()).isEmpty();
        assertThat(store.head()).isEqualTo(2);
    }

    @Test
    void bothRulesHoldOfWhichEachIsAboutAnotherThing() {
        define("c1", 1);
        define("c2", 9);
        define("c3", 9);
        define("c4", 9);
        enrol("c1", "s1");
        enrol("c2", "s1");

        assertThatThrownBy(() -> enrol("c1", "s2")).isInstanceOf(IllegalStateException.class)
                .hasMessage("course c1 is full");
        assertThatThrownBy(() -> enrol("c3", "s1")).isInstanceOf(IllegalStateException.class)
                .hasMessage("student s1 has enough courses");
        assertThat(enrol("c4", "s3").events()).hasSize(1);
    }

    @Test
    void aCourseIsNeverOverfullHoweverManyWantToEnrolAtOnce() throws Exception {
        define("c1", 5);
        AtomicInteger refused = new AtomicInteger();
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            String student = "s" + i;
            work.add(() -> {
                try {
                    enrol("c1", student);
                } catch (IllegalStateException full) {
                    refused.incrementAndGet();
                }
                return null;
            });
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> each : executor.invokeAll(work)) {
                each.get();
            }
        }

        assertThat(refused).hasValue(27);
        assertThat(Enrolment.of(decisions, "c1", "nobody").load().state().taken()).isEqualTo(5);
    }

    @Test
    void anEmailAddressIsTakenByOneOnly() {
        register("s1", "ada@example.org");

        assertThatThrownBy(() -> register("s2", "ada@example.org")).hasMessage("ada@example.org is taken");
        assertThat(register("s2", "bob@example.org").events()).hasSize(1);
    }

    @Test
    void whatHappensOutsideOfTheBoundaryIsNoConflict() {
        define("c1", 2);
        AtomicInteger decided = new AtomicInteger();

        Enrolment.of(decisions, "c1", "s1").handle("enrolment-c1", enrolment -> {
            decided.incrementAndGet();
            define("c2", 7);
            return enrolment.enrol();
        });

        assertThat(decided).hasValue(1);
    }

    @Test
    void whatHappensWithinTheBoundaryMakesItBeDecidedAnew() {
        define("c1", 1);
        AtomicInteger decided = new AtomicInteger();

        assertThatThrownBy(() -> Enrolment.of(decisions, "c1", "s1").handle("enrolment-c1", enrolment -> {
            if (decided.incrementAndGet() == 1) {
                enrol("c1", "s2");
            }
            return enrolment.enrol();
        })).hasMessage("course c1 is full");
        assertThat(decided).hasValue(2);
    }

    @Test
    void theStateHasSeenOnlyThoseOfTheNewEventsThatAreWithin() {
        Handled<Integer, CourseEvent> handled = decisions
                .within(Query.tag("course:c1"), 0, (count, _) -> count + 1)
                .handle("course-x", _ -> List.of(new CourseDefined("c1", 1), new CourseDefined("c2", 1)));

        assertThat(handled.state()).isEqualTo(1);
        assertThat(handled.position()).isEqualTo(2);
    }

    @Test
    void theStateCanBeHadAsOfAPosition() {
        define("c1", 9);
        enrol("c1", "s1");
        enrol("c1", "s2");

        assertThat(Enrolment.of(decisions, "c1", "s1").load(Point.position(2)).state().taken()).isEqualTo(1);
    }

    @Test
    void eventsOfOtherFamiliesAreAnErrorUnlessTheyAreLeftOut() {
        store.append(Append.to("invoice-1").of(Event.of("InvoiceSent", "{}").withTags("email:ada@example.org")));
        Query tagged = Query.tag("email:ada@example.org");

        assertThatThrownBy(() -> decisions.within(tagged, 0, (count, _) -> count + 1).load())
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("InvoiceSent");
        assertThat(decisions.within(decisions.types().in(tagged), 0, (count, _) -> count + 1).load().state()).isZero();
    }
}
