package letopis.example.guide;

import java.util.Set;

// tag::course
sealed interface CourseEvent {
    record CourseOffered(String course, int places) implements CourseEvent {}

    record StudentEnrolled(String course, String student) implements CourseEvent {}

    default Set<String> tags() {
        return switch (this) {
            case CourseOffered e -> Set.of("course:" + e.course());
            case StudentEnrolled e -> Set.of("course:" + e.course(), "student:" + e.student());
        };
    }
}
// end::course
