package letopis.example.guide;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import letopis.Letopis;
import letopis.memory.MemoryEventStore;
import letopis.model.Aggregates;
import letopis.model.Cause;
import letopis.model.EventTypes;
import letopis.model.Handled;
import letopis.model.History;
import letopis.model.projection.FoldedProjection;
import letopis.model.projection.Projection;
import letopis.store.Metadata;
import letopis.store.Point;
import letopis.store.Query;
import letopis.store.Read;
import letopis.testkit.DeciderSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The model over a store. */
class ModelGuideTest {
    // tag::account
    sealed interface AccountEvent {}

    record MoneyDeposited(long cents) implements AccountEvent {}

    record MoneyWithdrawn(long cents) implements AccountEvent {}

    record Account(long cents) {
        Account evolve(AccountEvent event) {
            return switch (event) {
                case MoneyDeposited e -> new Account(cents + e.cents());
                case MoneyWithdrawn e -> new Account(cents - e.cents());
            };
        }

        List<AccountEvent> withdraw(long wanted) {
            if (wanted > cents) {
                throw new IllegalStateException("only " + cents + " cents are there");
            }
            return List.of(new MoneyWithdrawn(wanted));
        }
    }
    // end::account

    @Test
    void aggregates(@TempDir Path directory) {
        // tag::aggregates
        try (var letopis = Letopis.open(directory)) {
            var accounts = letopis.aggregates("account", AccountEvent.class, new Account(0), Account::evolve);
            accounts.handle("a", _ -> List.of(new MoneyDeposited(500)));
            Handled<Account, AccountEvent> handled = accounts.handle("a", account -> account.withdraw(200));

            handled.state(); // Account[cents=300]
            handled.position(); // what others may wait for
            accounts.load("a", Point.revision(0)).state(); // Account[cents=500]: as it was
            // end::aggregates
            assertThat(handled.state()).isEqualTo(new Account(300));
            assertThat(accounts.load("a", Point.revision(0)).state()).isEqualTo(new Account(500));
            history(accounts);
            causes(letopis, accounts);
        }
    }

    private static void history(Aggregates<Account, AccountEvent> accounts) {
        // tag::history
        for (History.Step<Account, AccountEvent> step : accounts.history("a").steps()) {
            IO.println(step.revision() + ": " + step.recorded().event() + " changed " + step.differences());
        }
        // end::history
        assertThat(accounts.history("a").steps()).hasSize(2);
    }

    private static void causes(Letopis letopis, Aggregates<Account, AccountEvent> accounts) {
        // tag::cause
        Cause.by("anna").correlation("request-7").run(() -> accounts.handle("a", account -> account.withdraw(100)));
        // end::cause
        try (var reading = letopis.store().read(Read.all().backwards().limit(1))) {
            assertThat(reading.next().metadataText(Metadata.ACTOR)).contains("anna");
        }
    }

    @Test
    void decisionsOverAQuery() {
        try (var letopis = Letopis.over(MemoryEventStore.open())) {
            // tag::decisions
            var courses = letopis.decisions(EventTypes.of(CourseEvent.class).tagged(CourseEvent::tags));

            courses.within(Query.tag("course:c1"), 0, (n, _) -> n + 1)
                    .handle("course-c1",
                            known -> known > 0 ? List.of() : List.of(new CourseEvent.CourseOffered("c1", 1)));
            courses.within(Query.tag("course:c1").or(Query.tag("student:s7")), Enrolment.of("c1", "s7"),
                    Enrolment::evolve)
                    .handle("enrolment-c1", Enrolment::enrol);
            // end::decisions

            var another = courses.within(Query.tag("course:c1").or(Query.tag("student:s8")), Enrolment.of("c1", "s8"),
                    Enrolment::evolve);
            assertThatThrownBy(() -> another.handle("enrolment-c1", Enrolment::enrol)).hasMessage("course c1 is full");
        }
    }

    // tag::projection
    record Turnover(long deposited, long withdrawn) {
        static final FoldedProjection<Turnover, AccountEvent> PROJECTION = Projection
                .of("turnover", 1, Query.category("account"), AccountEvent.class)
                .folding(new Turnover(0, 0), (turnover, recorded) -> turnover.plus(recorded.event()));

        Turnover plus(AccountEvent event) {
            return switch (event) {
                case MoneyDeposited e -> new Turnover(deposited + e.cents(), withdrawn);
                case MoneyWithdrawn e -> new Turnover(deposited, withdrawn + e.cents());
            };
        }
    }
    // end::projection

    @Test
    void projections(@TempDir Path directory) throws InterruptedException {
        // tag::project
        try (var letopis = Letopis.open(directory)) {
            var accounts = letopis.aggregates("account", AccountEvent.class, new Account(0), Account::evolve);
            var turnover = letopis.project(Turnover.PROJECTION); // runs in the background, from its checkpoint on

            var handled = accounts.handle("a", _ -> List.of(new MoneyDeposited(500)));
            turnover.await(handled.position(), Duration.ofSeconds(5)); // Turnover[deposited=500, withdrawn=0]
            turnover.status(); // projection turnover version 1 is LIVE at position 1 of 1
            // end::project
            assertThat(turnover.state()).isEqualTo(new Turnover(500, 0));
        }
    }

    @Test
    void specifications() {
        // tag::spec
        var accounts = DeciderSpec.of(AccountEvent.class, new Account(0), Account::evolve);

        accounts.given(new MoneyDeposited(500)).when(account -> account.withdraw(200)).then(new MoneyWithdrawn(200));
        accounts.given(new MoneyDeposited(500))
                .when(account -> account.withdraw(501))
                .thenRefused(IllegalStateException.class, "only 500 cents");
        // end::spec
    }
}
