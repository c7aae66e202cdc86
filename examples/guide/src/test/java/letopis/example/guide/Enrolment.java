package letopis.example.guide;

import java.util.List;

// tag::enrolment
/** What a decision on an enrolment needs to know: of the course, and of the student. */
record Enrolment(String course, String student, int places, int taken, int coursesOfStudent) {
    static Enrolment of(String course, String student) {
        return new Enrolment(course, student, 0, 0, 0);
    }

    Enrolment evolve(CourseEvent event) {
        return switch (event) {
            case CourseEvent.CourseOffered e -> new Enrolment(course, student, e.places(), taken, coursesOfStudent);
            case CourseEvent.StudentEnrolled e ->
                new Enrolment(course, student, places, e.course().equals(course) ? taken + 1 : taken,
                        e.student().equals(student) ? coursesOfStudent + 1 : coursesOfStudent);
        };
    }

    List<CourseEvent> enrol() {
        if (taken >= places) {
            throw new IllegalStateException("course " + course + " is full");
        }
        if (coursesOfStudent >= 3) {
            throw new IllegalStateException("student " + student + " has three courses already");
        }
        return List.of(new CourseEvent.StudentEnrolled(course, student));
    }
}
// end::enrolment
