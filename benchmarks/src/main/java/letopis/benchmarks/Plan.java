package letopis.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import letopis.benchmarks.contender.Filling;
import letopis.benchmarks.contender.Filling.Layout;
import letopis.benchmarks.contender.Kind;
import letopis.benchmarks.workload.Workload;

/**
 * Which tasks make a run.
 *
 * @param suite          which stores are compared
 * @param data           where the stores are
 * @param sizes          how many events filled stores have; the peers have the first size only
 * @param warmMillis     of each measurement
 * @param measuredMillis of each measurement
 */
record Plan(Suite suite, Path data, Set<Workload> workloads, Set<Kind> kinds, List<Long> sizes, long warmMillis,
        long measuredMillis) {
    /** The filled stores that are needed, each once. */
    List<Task> fillings() {
        Map<String, Task> all = new LinkedHashMap<>();
        for (Task task : tasks(1)) {
            if (task.variant().equals(FRESH)) {
                continue;
            }
            Kind kind = task.kind() == Kind.RAW ? Kind.LETOPIS : task.kind();
            Path directory = filled().directory(kind, task.layout(), task.events());
            all.put(directory.toString(), new Task(Optional.empty(), kind, directory.toString(),
                    FilledStores.variant(task.layout(), task.events()), 1, task.events(), task.layout(), 0, 0));
        }
        return List.copyOf(all.values());
    }

    static final String FRESH = "fresh";
    /** What the variant of an append to a filled store begins with. */
    static final String ON = "on ";

    /** The tasks of a round: contenders of the same question one after the other, the first of them another each round. */
    List<Task> tasks(int round) {
        List<Task> all = new ArrayList<>();
        for (Workload workload : workloads) {
            List<Kind> asked = new ArrayList<>(workload.asked().stream().filter(kinds::contains).toList());
            Collections.rotate(asked, round - 1);
            if (workload.needsFilling()) {
                for (Layout layout : suite.layouts(workload)) {
                    asked.forEach(kind -> all.add(filled(workload, kind, layout, sizes.getFirst(), round)));
                }
                if (kinds.contains(Kind.LETOPIS) && (workload == Workload.W5 || workload == Workload.W8)) {
                    sizes.stream()
                            .skip(1)
                            .forEach(size -> all.add(filled(workload, Kind.LETOPIS, Layout.SCATTERED, size, round)));
                }
            } else {
                asked.forEach(kind -> all.add(task(workload, kind, data.resolve("fresh").toString(), FRESH, round,
                        sizes.getFirst(), Layout.GROUPED)));
            }
        }
        if (sizes.size() > 1 && kinds.contains(Kind.LETOPIS)) {
            for (Workload workload : List.of(Workload.W1, Workload.W2)) {
                if (workloads.contains(workload)) {
                    List<Long> order = new ArrayList<>(sizes);
                    Collections.rotate(order, round - 1);
                    order.forEach(size -> all.add(task(workload, Kind.LETOPIS, data.resolve("fresh").toString(),
                            ON + FilledStores.variant(Layout.SCATTERED, size), round, size, Layout.SCATTERED)));
                }
            }
        }
        if (suite == Suite.SQL) {
            all.addAll(flatness(round));
        }
        return all;
    }

    /**
     * Stores on SQL with more events beside those with fewer. What is appended stays: copies of servers' directories would take
     * longer than what is measured.
     */
    private List<Task> flatness(int round) {
        List<Task> all = new ArrayList<>();
        List<Long> order = new ArrayList<>(sizes);
        Collections.rotate(order, round - 1);
        for (Kind kind : kinds.stream().filter(Kind::isLetopisOnSql).toList()) {
            if (workloads.contains(Workload.W5)) {
                order.stream()
                        .filter(size -> !size.equals(sizes.getFirst()))
                        .forEach(size -> all.add(filled(Workload.W5, kind, Layout.GROUPED, size, round)));
            }
            if (workloads.contains(Workload.W2)) {
                order.forEach(size -> all.add(task(Workload.W2, kind,
                        filled().directory(kind, Layout.GROUPED, size).toString(),
                        ON + FilledStores.variant(Layout.GROUPED, size), round, size, Layout.GROUPED)));
            }
        }
        return all;
    }

    private Task filled(Workload workload, Kind kind, Layout layout, long events, int round) {
        Path directory = filled().directory(kind == Kind.RAW ? Kind.LETOPIS : kind, layout, events);
        return task(workload, kind, directory.toString(), FilledStores.variant(layout, events), round, events, layout);
    }

    private Task task(Workload workload, Kind kind, String directory, String variant, int round, long events,
            Layout layout) {
        return new Task(Optional.of(workload), kind, directory, variant, round, new Filling(events, layout).events(),
                layout, warmMillis, measuredMillis);
    }

    FilledStores filled() {
        return new FilledStores(data);
    }
}
