package letopis.cli.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;

import letopis.store.Point;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a point in the order of events: {@code rev:7}, {@code pos:123} or a time. It means the same in every command. */
final class PointConverter implements ITypeConverter<Point> {
    static final String FORMS = "rev:7 (a revision, in one stream), pos:123 (a position), or a time such as 2026-01-31T12:00:00Z";

    @Override
    public Point convert(String text) {
        if (text.startsWith("rev:")) {
            return Point.revision(number(text, text.substring(4)));
        }
        if (text.startsWith("pos:")) {
            return Point.position(number(text, text.substring(4)));
        }
        return Point.time(time(text).orElseThrow(() -> wrong(text)));
    }

    private static long number(String text, String digits) {
        try {
            long number = Long.parseLong(digits);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one answer for both
        }
        throw wrong(text);
    }

    /** Times without an offset are in UTC, as all times that are shown; a date is its first moment. */
    private static Optional<Instant> time(String text) {
        return Optional.<Instant>empty()
                .or(() -> read(text, it -> OffsetDateTime.parse(it).toInstant()))
                .or(() -> read(text, it -> LocalDateTime.parse(it).toInstant(ZoneOffset.UTC)))
                .or(() -> read(text, it -> LocalDate.parse(it).atStartOfDay().toInstant(ZoneOffset.UTC)));
    }

    private static Optional<Instant> read(String text, Function<String, Instant> form) {
        try {
            return Optional.of(form.apply(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' is no point; give " + FORMS);
    }
}
