package letopis.model;

import java.util.Set;

sealed interface CourseEvent {
    record CourseDefined(String course, int capacity) implements CourseEvent {}

    record StudentRegistered(String student, String email) implements CourseEvent {}

    record StudentEnrolled(String course, String student) implements CourseEvent {}

    EventTypes<CourseEvent> TYPES = EventTypes.of(CourseEvent.class).tagged(CourseEvent::tags);

    default Set<String> tags() {
        return switch (this) {
            case CourseDefined it -> Set.of("course:" + it.course);
            case StudentRegistered it -> Set.of("student:" + it.student, "email:" + it.email);
            case StudentEnrolled it -> Set.of("course:" + it.course, "student:" + it.student);
        };
    }
}
