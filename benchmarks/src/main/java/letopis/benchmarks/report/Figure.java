package letopis.benchmarks.report;

import java.util.Locale;
import java.util.Optional;

/** Figures as text, with as many digits as mean something. */
final class Figure {
    static final String NONE = "–";

    private Figure() {}

    /** Three digits at least: {@code 8.31}, {@code 120}, {@code 71,300}. */
    static String of(double value) {
        double size = Math.abs(value);
        if (size >= 10_000) {
            double unit = Math.pow(10, Math.floor(Math.log10(size)) - 2);
            return String.format(Locale.ROOT, "%,.0f", Math.round(value / unit) * unit);
        }
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    static String of(Optional<Double> value) {
        return value.map(Figure::of).orElse(NONE);
    }

    static String times(Optional<Double> value) {
        return value.map(it -> of(it) + "×").orElse(NONE);
    }

    /** A figure beside its aim, bold and with a word where it is not reached. */
    static String beside(Optional<Double> value, double atLeast) {
        return value.map(it -> it >= atLeast ? of(it) : "**" + of(it) + "** (not reached)").orElse(NONE);
    }

    static String beside(Optional<Double> value, double atMost, String unit) {
        return value.map(it -> it <= atMost ? of(it) + unit : "**" + of(it) + unit + "** (not reached)").orElse(NONE);
    }
}
