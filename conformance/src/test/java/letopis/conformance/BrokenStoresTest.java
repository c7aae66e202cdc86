package letopis.conformance;

import java.util.stream.Stream;

import letopis.conformance.ConformanceReport.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each test of the suite is worth what it catches: here are the stores that it must catch. */
class BrokenStoresTest {
    static Stream<Bug> bugs() {
        return Stream.of(BrokenAppends.all(), BrokenReads.all(), BrokenSubscriptions.all(), BrokenLives.all())
                .flatMap(it -> it.stream());
    }

    static Stream<Bug> bugsForPrograms() {
        return bugs().filter(Bug::byPrograms);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void brokenStoreIsCaughtByTheRightTest(Bug bug) {
        ConformanceReport report = ConformanceReport.run(bug.fixtures(), bug.contract(), bug.test()::equals);

        assertThat(report.results()).as("tests of the name %s", bug.test()).hasSize(1);
        Result result = report.results().getFirst();
        assertThat(result.skipped()).isFalse();
        assertThat(result.failure()).as("%s", bug).isPresent();
    }

    @ParameterizedTest
    @MethodSource("bugsForPrograms")
    void brokenStoreIsCaughtByRandomPrograms(Bug bug) {
        ConformanceReport report = ConformanceReport.run(bug.fixturesForPrograms(), RandomProgramContract.class);

        assertThat(report.failures()).as("%s", bug).hasSize(1);
        assertThat(report.failures().getFirst().failure().orElseThrow()).hasMessageContaining("-Dletopis.seed=")
                .hasMessageContaining("store.");
    }
}
