package letopis.testkit;

import java.util.List;

import letopis.model.Difference;

/** What a failed specification says, line by line. */
final class Lines {
    private Lines() {}

    static String of(String what, List<?> things) {
        StringBuilder lines = new StringBuilder("\n  " + what + ":");
        if (things.isEmpty()) {
            lines.append("\n    nothing");
        }
        things.forEach(thing -> lines.append("\n    ").append(thing));
        return lines.toString();
    }

    /** Both lists, with a sign before each event that is not in its place in the other. */
    static String compared(List<?> expected, List<?> actual) {
        return marked("expected", expected, actual) + marked("decided", actual, expected) + fields(expected, actual);
    }

    private static String marked(String what, List<?> these, List<?> others) {
        StringBuilder lines = new StringBuilder("\n  " + what + ":");
        if (these.isEmpty()) {
            lines.append("\n    nothing");
        }
        for (int i = 0; i < these.size(); i++) {
            boolean same = i < others.size() && these.get(i).equals(others.get(i));
            lines.append(same ? "\n    " : "\n  ! ").append(these.get(i));
        }
        return lines.toString();
    }

    private static String fields(List<?> expected, List<?> actual) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            Object one = expected.get(i);
            Object other = actual.get(i);
            if (!one.equals(other) && one.getClass() == other.getClass()) {
                lines.append(different(one, other));
            }
        }
        return lines.toString();
    }

    /** Field by field what differs. */
    static String different(Object expected, Object actual) {
        StringBuilder lines = new StringBuilder("\n  different:");
        for (Difference difference : Difference.between(expected, actual)) {
            String field = difference.field().isEmpty() ? "it" : difference.field();
            lines.append("\n    ")
                    .append(field)
                    .append(" is ")
                    .append(difference.after().orElse("missing"))
                    .append(", expected ")
                    .append(difference.before().orElse("nothing"));
        }
        return lines.toString();
    }
}
