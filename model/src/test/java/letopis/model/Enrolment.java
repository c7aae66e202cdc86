package letopis.model;

import java.util.List;

import letopis.model.CourseEvent.CourseDefined;
import letopis.model.CourseEvent.StudentEnrolled;
import letopis.model.CourseEvent.StudentRegistered;
import letopis.store.Query;

/** What must be known to enrol one student in one course: of two things at once, and of nothing else. */
record Enrolment(String course, String student, int capacity, int taken, int coursesOfStudent, boolean enrolled) {
    static final int MAX_COURSES = 2;

    static Boundary<Enrolment, CourseEvent> of(Decisions<CourseEvent> decisions, String course, String student) {
        Query query = Query.tag("course:" + course)
                .withTypes("CourseDefined", "StudentEnrolled")
                .or(Query.tag("student:" + student).withTypes("StudentEnrolled"));
        return decisions.within(query, new Enrolment(course, student, 0, 0, 0, false), Enrolment::evolve);
    }

    Enrolment evolve(CourseEvent event) {
        return switch (event) {
            case CourseDefined it -> new Enrolment(course, student, it.capacity(), taken, coursesOfStudent, enrolled);
            case StudentEnrolled it -> {
                boolean here = it.course().equals(course);
                boolean me = it.student().equals(student);
                yield new Enrolment(course, student, capacity, here ? taken + 1 : taken,
                        me ? coursesOfStudent + 1 : coursesOfStudent, enrolled || (here && me));
            }
            case StudentRegistered _ -> this;
        };
    }

    List<CourseEvent> enrol() {
        if (enrolled) {
            return List.of();
        }
        if (taken >= capacity) {
            throw new IllegalStateException("course " + course + " is full");
        }
        if (coursesOfStudent >= MAX_COURSES) {
            throw new IllegalStateException("student " + student + " has enough courses");
        }
        return List.of(new StudentEnrolled(course, student));
    }
}
