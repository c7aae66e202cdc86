package letopis.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import letopis.benchmarks.contender.Kind;
import letopis.benchmarks.report.Chart;
import letopis.benchmarks.report.Measured;
import letopis.benchmarks.report.Scoreboard;
import letopis.benchmarks.workload.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Each workload runs, for a moment and on a small store, on the engine, the raw file and SQLite. */
class WorkloadsTest {
    private static final long EVENTS = 10_000;
    private static final Set<Kind> KINDS = EnumSet.of(Kind.LETOPIS, Kind.RAW, Kind.SQLITE);

    @Test
    void eachComesToFiguresAndAllToOneScoreboard(@TempDir Path data) throws Exception {
        Plan plan = new Plan(Suite.ENGINE, data, EnumSet.allOf(Workload.class), KINDS, List.of(EVENTS), 10, 50);
        List<Measured> measured = new java.util.ArrayList<>();
        for (Task task : plan.fillings()) {
            Files.createDirectories(task.path());
            measured.addAll(Child.run(task));
        }
        for (Task task : plan.tasks(1)) {
            if (task.variant().equals(Plan.FRESH)) {
                Machine.delete(task.path());
            }
            List<Measured> come = Child.run(task);
            assertThat(come).as(task.title()).isNotEmpty();
            measured.addAll(come);
        }

        for (Workload workload : Workload.values()) {
            for (Kind kind : KINDS) {
                assertThat(measured.stream()
                        .filter(it -> it.workload().equals(workload.name()) && it.contender().equals(kind.name())))
                        .as("%s of %s", workload, kind)
                        .hasSizeGreaterThanOrEqualTo(workload.asked().contains(kind) ? 1 : 0);
            }
        }
        assertThat(new Scoreboard(measured).markdown()).contains("| W1 one writer", "W5", "W6", "W7", "W8", "W9",
                "Size");
        assertThat(new Chart(measured).svg()).startsWith("<svg").contains("Letopis", "SQLite").endsWith("</svg>\n");
    }

    @Test
    void aFilledStoreIsCopiedWithoutHarmToIt(@TempDir Path data) throws Exception {
        Plan plan = new Plan(Suite.ENGINE, data, EnumSet.of(Workload.W9), EnumSet.of(Kind.LETOPIS), List.of(EVENTS), 10,
                50);
        Task filling = plan.fillings().getFirst();
        Child.run(filling);
        long content = contentOf(filling.path());

        Path copy = data.resolve("copy");
        FilledStores.copy(filling.path(), copy);
        Child.run(new Task(Optional.of(Workload.W2), Kind.LETOPIS, copy.toString(), "on a copy", 1, EVENTS,
                filling.layout(), 10, 50));

        assertThat(contentOf(filling.path())).isEqualTo(content);
        Measured reads = Child.run(plan.tasks(1).getFirst()).getFirst();
        assertThat(reads.events()).isPositive();
    }

    @Test
    void theContendersTakeTurnsInBeingFirst(@TempDir Path data) {
        Plan plan = new Plan(Suite.ENGINE, data, EnumSet.of(Workload.W1), KINDS, List.of(EVENTS), 10, 50);

        assertThat(Stream.of(1, 2, 3).map(round -> plan.tasks(round).getFirst().kind())).containsExactlyInAnyOrder(
                Kind.LETOPIS, Kind.RAW, Kind.SQLITE);
    }

    private static long contentOf(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                sum = 31 * sum + java.util.Arrays.hashCode(bytes);
            }
            return sum;
        }
    }
}
