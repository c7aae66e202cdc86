package letopis.benchmarks.report;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of stores on SQL compare each store with the table in the same database, and conditions with the row without. */
class SqlScoreboardTest {
    @Test
    void eachIsBesideTheTableOfItsOwnDatabase() {
        String board = new SqlScoreboard(List.of(rate("W1", "LETOPIS_POSTGRES", "fresh", 960),
                rate("W1", "POSTGRES", "fresh", 1_000), rate("W1", "AXON", "fresh", 700),
                rate("W1", "LETOPIS_MYSQL", "fresh", 400), rate("W1", "MYSQL", "fresh", 500))).markdown();

        assertThat(board).contains(
                "| one writer, one event | 960 events/s | 1,000 events/s | 700 events/s | 0.96 | ≥ 0.95 |",
                "| one writer, one event | 400 events/s | 500 events/s | **0.80** (not reached) | ≥ 0.95 |");
    }

    @Test
    void conditionsAreBesideTheRowWithoutThem() {
        String board = new SqlScoreboard(List.of(rate("W2", "LETOPIS_MYSQL", "fresh", 1_000),
                rate("W2", "MYSQL", "fresh", 1_000), rate("W2D", "LETOPIS_MYSQL", "fresh", 820))).markdown();

        assertThat(board).contains("| 820 events/s | – | 0.82; **0.82** (not reached) |");
    }

    @Test
    void severalProcessesAreBesideOne() {
        String board = new SqlScoreboard(List.of(rate("W2", "LETOPIS_MYSQL", "fresh", 1_000),
                rate("W2P", "LETOPIS_MYSQL", "fresh", 400))).markdown();

        assertThat(board).contains("in 4 processes | 400 events/s | – | 0.40× of one process | – |");
    }

    @Test
    void aLargerStoreIsBesideTheSmallest() {
        String board = new SqlScoreboard(List.of(rate("W2", "LETOPIS_MYSQL", "on 10M grouped", 900),
                rate("W2", "LETOPIS_MYSQL", "on 1M grouped", 1_000),
                time("LETOPIS_MYSQL", "1M grouped, streams of 10", 100),
                time("MYSQL", "1M grouped, streams of 10", 125),
                time("LETOPIS_MYSQL", "10M grouped, streams of 10", 200))).markdown();

        assertThat(board).contains("| 64 writers, one event each, on 10M grouped | 900 events/s | – | 0.90 |",
                "| load 10 events, 1M grouped | 100 µs | 125 µs | 0.80 | ≤ 1 |",
                "| load 10 events, 10M grouped | 200 µs | – | **0.50** (not reached) |");
    }

    @Test
    void whatWasNotMeasuredHasNoTable() {
        assertThat(new SqlScoreboard(List.of(rate("W1", "POSTGRES", "fresh", 1_000))).markdown()).isEmpty();
    }

    private static Measured rate(String workload, String contender, String variant, long eventsPerSecond) {
        return new Measured(workload, contender, variant, 1, eventsPerSecond, eventsPerSecond, 1_000_000_000,
                new Latency(1, 2, 3, 4), 0, Map.of());
    }

    private static Measured time(String contender, String variant, double p50Micros) {
        return new Measured("W5", contender, variant, 1, 1, 10, 1_000_000_000, new Latency(p50Micros, 2, 3, 4), 0,
                Map.of());
    }
}
