package letopis.conformance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import letopis.conformance.ConformanceReport.Result;
import letopis.memory.MemoryEventStore;
import letopis.store.Capability;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The suite as a whole: what must pass passes, nothing is skipped, and a store that does nothing passes no contract. */
class SuiteTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void storeInMemoryPasses() {
        passes(ConformanceReport.run(MemoryFixture::new));
    }

    @Test
    void storeThatKeepsItsEventsPasses() {
        passes(ConformanceReport.run(() -> {
            List<Replayed.Done> journal = Replayed.newJournal();
            return new OpenedFixture("replayed", Set.of(),
                    (limits, clock) -> Replayed.open(journal, limits, clock), DEADLINE);
        }));
    }

    @Test
    void storeThatLacksAlmostEverythingAndSaysSoPasses() {
        Set<Capability> lacks = Set.of(Capability.QUERY_CONDITIONS, Capability.SEVERAL_STREAMS, Capability.GIVEN_TIME,
                Capability.FORGET, Capability.RETENTION, Capability.DURABLE);
        passes(ConformanceReport.run(() -> new OpenedFixture("lacking", lacks,
                (limits, clock) -> new Lacking(MemoryEventStore.open(limits, clock), lacks), DEADLINE)));
    }

    @Test
    void storeWhosePositionsHaveHolesAndThatSaysSoPasses() {
        passes(ConformanceReport.run(() -> new OpenedFixture("with holes",
                Set.of(Capability.DURABLE, Capability.GAPLESS_POSITIONS),
                (limits, clock) -> new Renumbered(MemoryEventStore.open(limits, clock), true), DEADLINE)));
    }

    @Test
    void storeThatDoesNothingPassesNoContract() {
        for (Class<?> contract : WholeContract.class.getInterfaces()) {
            ConformanceReport report = ConformanceReport.run(
                    () -> new OpenedFixture("nothing", Set.of(), (_, _) -> new DoingNothing(), Duration.ofSeconds(2)),
                    contract.asSubclass(StoreContract.class),
                    it -> !it.startsWith("wait") && !it.startsWith("closing") && !it.startsWith("handOver"));

            assertThat(report.passed()).as("%s", contract).isFalse();
        }
    }

    @Test
    void hangingStoreFailsItsTestAndNotTheSuite() {
        ConformanceReport report = ConformanceReport.run(() -> new OpenedFixture("hanging", Set.of(), (_, _) -> {
            while (true) {
                Thread.onSpinWait();
                if (Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("interrupted");
                }
            }
        }, Duration.ofMillis(200)), AppendContract.class, "headOfAnEmptyStoreIsZero"::equals);

        assertThat(report.failures()).singleElement()
                .satisfies(it -> assertThat(it.failure().orElseThrow())
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("has not ended within"));
    }

    @Test
    void reportNamesEachTestAndCounts() {
        var bytes = new ByteArrayOutputStream();
        ConformanceReport report = ConformanceReport.run(MemoryFixture::new, ListingContract.class);
        report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("passed  ListingContract.typesComeInTheOrderOfTheirBytes")
                .contains("memory: " + report.results().size() + " tests, " + report.results().size()
                        + " passed, 0 failed");
    }

    private static void passes(ConformanceReport report) {
        assertThat(report.failures()).as("%s", report).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(report.results().stream().map(Result::test).toList()).as("tests that ran")
                .containsExactlyInAnyOrderElementsOf(names());
        assertThat(report.results()).noneMatch(Result::skipped);
    }

    private static List<String> names() {
        return Stream.of(WholeContract.class).flatMap(ConformanceReport::tests).map(it -> it.getName()).toList();
    }
}
