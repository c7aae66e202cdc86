package letopis.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import letopis.model.projection.FoldedProjection;
import letopis.model.projection.Projection;
import letopis.store.Query;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProjectionSpecTest {
    record Visited(String page) {}

    record Visits(Map<String, Integer> perDay) {}

    private static final FoldedProjection<Visits, Visited> PROJECTION = Projection
            .of("visits", 1, Query.category("page"), Visited.class)
            .folding(new Visits(Map.of()), (visits, visit) -> {
                Map<String, Integer> next = new TreeMap<>(visits.perDay());
                next.merge(visit.time().toString().substring(0, 10), 1, Integer::sum);
                return new Visits(next);
            });

    @Test
    void whatHoldsPassesWithTheClockInTheTestsHand() {
        TestClock clock = TestClock.at("2026-01-31T23:00:00Z");
        ProjectionSpec<Visits, Visited> spec = ProjectionSpec.of(PROJECTION, clock);

        spec.then(new Visits(Map.of()));
        spec.given("page-1", new Visited("a"), new Visited("a")).given("other-1", new Visited("b"));
        clock.advance(Duration.ofHours(2));
        spec.given("page-1", new Visited("a")).then(new Visits(Map.of("2026-01-31", 2, "2026-02-01", 1)));
    }

    @Test
    void anotherReadModelFailsFieldByField() {
        assertThatThrownBy(() -> ProjectionSpec.of(PROJECTION)
                .given("page-1", new Visited("a"))
                .then(new Visits(Map.of("2026-01-01", 2)))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("perDay.2026-01-01 is 1, expected 2")
                .hasMessageContaining("Visits[perDay={2026-01-01=1}]");
    }

    @Test
    void aClockShowsWhatItIsTold() {
        TestClock clock = TestClock.at(Instant.EPOCH);

        assertThat(clock.advance(Duration.ofSeconds(1))).isEqualTo(clock.instant())
                .isEqualTo(Instant.EPOCH.plusSeconds(1));
        clock.set(Instant.MAX);
        assertThat(clock.instant()).isEqualTo(Instant.MAX);
    }

    @Test
    void idsCanBeForetold() {
        TestIds ids = new TestIds();

        assertThat(ids.get()).isEqualTo(TestIds.id(1)).hasToString("00000000-0000-0000-0000-000000000001");
        assertThat(ids.get()).isEqualTo(TestIds.id(2));
    }
}
