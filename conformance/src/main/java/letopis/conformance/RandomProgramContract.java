package letopis.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import letopis.store.Capability;
import org.junit.jupiter.api.Test;

/**
 * Every store does what a plain model of the contract does, whatever it is asked in whatever order. A program that shows a
 * difference is made as short as possible and printed with its seed; {@code -Dletopis.seed=…} runs it again, and
 * {@code -Dletopis.programs=…} says how many are tried.
 */
public interface RandomProgramContract extends StoreContract {
    /** How often a failing program is run again to make it shorter. */
    int SHORTENINGS = 500;

    @Test
    default void randomProgramsDoWhatTheModelDoes(Trial trial) throws Exception {
        Set<Capability> can = trial.fixture().capabilities();
        long seed = Seeds.first();
        var seeds = new Random(seed);
        for (int i = 0; i < Seeds.programs(); i++, seed = seeds.nextLong()) {
            List<Step> program = RandomProgram.of(seed, can);
            Optional<Difference> difference = run(program);
            if (difference.isPresent()) {
                throw shortened(program, difference.get()).asError(seed);
            }
        }
    }

    /** Where a store departs from the model, and what was asked of it until then. */
    record Difference(List<String> lines, Throwable failure) {
        AssertionError asError(long seed) {
            return new AssertionError("the store does not do what the model does. Seed " + seed
                    + " (-Dletopis.seed=" + seed + "), shortened to:\n    " + String.join("\n    ", lines) + "\n"
                    + failure.getMessage(), failure);
        }
    }

    private Optional<Difference> run(List<Step> program) throws IOException, InterruptedException {
        var trial = new Trial(fixture());
        try {
            var run = new ProgramRun(trial);
            try {
                run.run(program);
                return Optional.empty();
            } catch (AssertionError | RuntimeException failure) {
                return Optional.of(new Difference(run.lines(), failure));
            } finally {
                run.close();
            }
        } finally {
            trial.end();
        }
    }

    /** Takes out of the program what it does not need in order to fail: large parts first, then single steps. */
    private Difference shortened(List<Step> program, Difference first) throws IOException, InterruptedException {
        List<Step> shortest = program;
        Difference difference = first;
        int left = SHORTENINGS;
        for (int part = Math.max(1, program.size() / 2); left > 0;) {
            boolean shorter = false;
            for (List<Step> attempt : part > 0 ? without(shortest, part) : simplified(shortest)) {
                Optional<Difference> again = left-- > 0 ? run(attempt) : Optional.empty();
                if (again.isPresent()) {
                    shortest = attempt;
                    difference = again.get();
                    shorter = true;
                    break;
                }
            }
            if (!shorter && part == 0) {
                break;
            }
            part = shorter ? Math.min(part, shortest.size()) : part / 2;
        }
        return difference;
    }

    private static List<List<Step>> without(List<Step> program, int part) {
        List<List<Step>> attempts = new ArrayList<>();
        for (int from = 0; from < program.size(); from += part) {
            List<Step> rest = new ArrayList<>(program);
            rest.subList(from, Math.min(from + part, program.size())).clear();
            attempts.add(rest);
        }
        return attempts;
    }

    private static List<List<Step>> simplified(List<Step> program) {
        List<List<Step>> attempts = new ArrayList<>();
        for (int i = 0; i < program.size(); i++) {
            for (Step simpler : program.get(i).simpler()) {
                List<Step> attempt = new ArrayList<>(program);
                attempt.set(i, simpler);
                attempts.add(attempt);
            }
        }
        return attempts;
    }
}
