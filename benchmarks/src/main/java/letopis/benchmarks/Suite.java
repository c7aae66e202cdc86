package letopis.benchmarks;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import letopis.benchmarks.contender.Filling.Layout;
import letopis.benchmarks.contender.Kind;
import letopis.benchmarks.workload.Workload;

/** Which stores are compared, and by what, unless it is said otherwise. */
enum Suite {
    /** The embedded engine beside the raw limit of the machine and its peers. */
    ENGINE,
    /** The stores on SQL, each beside a table in the same database that was written by hand. */
    SQL;

    Set<Workload> workloads() {
        return switch (this) {
            case ENGINE -> EnumSet.allOf(Workload.class);
            case SQL ->
                EnumSet.of(Workload.W1, Workload.W2, Workload.W2P, Workload.W2D, Workload.W3, Workload.W4, Workload.W5,
                        Workload.W6);
        };
    }

    Set<Kind> contenders() {
        return switch (this) {
            case ENGINE -> EnumSet.of(Kind.LETOPIS, Kind.RAW, Kind.SQLITE, Kind.ROCKSDB, Kind.POSTGRES, Kind.AXON);
            case SQL -> EnumSet.of(Kind.LETOPIS_POSTGRES, Kind.POSTGRES, Kind.AXON, Kind.LETOPIS_MYSQL, Kind.MYSQL);
        };
    }

    /** How the stores are filled that a workload is measured on. */
    List<Layout> layouts(Workload workload) {
        return switch (workload) {
            case W5 -> this == SQL ? List.of(Layout.GROUPED) : List.of(Layout.GROUPED, Layout.SCATTERED);
            case W6 -> List.of(Layout.GROUPED);
            default -> List.of(Layout.SCATTERED);
        };
    }
}
