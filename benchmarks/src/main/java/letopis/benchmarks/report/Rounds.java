package letopis.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What was measured, asked for by question and contender, and put together over the rounds. */
final class Rounds {
    private final List<Measured> all;

    Rounds(Collection<Measured> all) {
        this.all = List.copyOf(all);
    }

    /** What was measured of a contender, one for each round. */
    List<Measured> of(String question, String contender) {
        return all.stream().filter(it -> it.question().equals(question) && it.contender().equals(contender)).toList();
    }

    /** The variants of a workload that a contender was measured in, in their order. */
    Set<String> variants(String workload, String contender) {
        Set<String> variants = new LinkedHashSet<>();
        all.stream()
                .filter(it -> it.workload().equals(workload) && it.contender().equals(contender))
                .forEach(it -> variants.add(it.variant()));
        return variants;
    }

    /** The variants of a workload that anybody was measured in, in their order. */
    Set<String> variants(String workload) {
        Set<String> variants = new LinkedHashSet<>();
        all.stream().filter(it -> it.workload().equals(workload)).forEach(it -> variants.add(it.variant()));
        return variants;
    }

    /** How many contenders were asked a question. */
    long contenders(String question) {
        return all.stream().filter(it -> it.question().equals(question)).map(Measured::contender).distinct().count();
    }

    /** The median over the rounds. */
    Optional<Double> median(String question, String contender, ToDoubleFunction<Measured> figure) {
        return median(of(question, contender).stream().map(figure::applyAsDouble).toList());
    }

    /** The largest over the rounds. */
    Optional<Double> largest(String question, String contender, ToDoubleFunction<Measured> figure) {
        return of(question, contender).stream().map(figure::applyAsDouble).max(Double::compare);
    }

    /** The median of the ratios of each round. */
    Optional<Double> ratio(String question, String contender, String otherQuestion, String other,
            ToDoubleFunction<Measured> figure) {
        TreeMap<Integer, Double> others = new TreeMap<>();
        of(otherQuestion, other).forEach(it -> others.put(it.round(), figure.applyAsDouble(it)));
        List<Double> ratios = new ArrayList<>();
        for (Measured one : of(question, contender)) {
            Double beside = others.get(one.round());
            if (beside != null && beside > 0) {
                ratios.add(figure.applyAsDouble(one) / beside);
            }
        }
        return median(ratios);
    }

    private static Optional<Double> median(List<Double> figures) {
        if (figures.isEmpty()) {
            return Optional.empty();
        }
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return Optional.of(sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }
}
