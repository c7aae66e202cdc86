package letopis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The scoreboard compares what was measured side by side, and says what is not reached. */
class ScoreboardTest {
    @Test
    void ratiosAreThoseOfEachRound() {
        List<Measured> measured = new ArrayList<>();
        double[][] rounds = {{9_000, 10_000, 500}, {4_500, 5_000, 250}, {100, 9_000, 100}};
        for (int i = 0; i < rounds.length; i++) {
            measured.add(rate("LETOPIS", i + 1, rounds[i][0]));
            measured.add(rate("RAW", i + 1, rounds[i][1]));
            measured.add(rate("SQLITE", i + 1, rounds[i][2]));
        }

        assertThat(new Scoreboard(measured).markdown())
                .contains("| W1 one writer, one event | 4,500 (9,000) | 9,000 (10,000) | 0.90 | ≥ 0.85 | 250 (500) |");
    }

    @Test
    void whatIsNotReachedIsSaid() {
        assertThat(new Scoreboard(List.of(rate("LETOPIS", 1, 840), rate("RAW", 1, 1_000))).markdown())
                .contains("**0.84** (not reached)");
    }

    @Test
    void whatWasNotMeasuredIsNotMadeUp() {
        String board = new Scoreboard(List.of(rate("LETOPIS", 1, 840))).markdown();

        assertThat(board).contains("| W1 one writer, one event | 840 (840) | – | – |");
        assertThat(board).doesNotContain("W5", "W7");
        assertThat(new Scoreboard(List.of()).markdown()).isEmpty();
    }

    @Test
    void aMeasurementIsTheSameAfterItWasWrittenDown() {
        Measured one = rate("LETOPIS", 1, 840);

        assertThat(Json.read(Json.line(one), Measured.class)).isEqualTo(one);
    }

    private static Measured rate(String contender, int round, double eventsPerSecond) {
        long events = (long) eventsPerSecond;
        return new Measured("W1", contender, "fresh", round, events, events, 1_000_000_000, new Latency(1, 2, 3, 4), 0,
                Map.of());
    }
}
