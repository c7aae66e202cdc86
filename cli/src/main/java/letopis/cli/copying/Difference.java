package letopis.cli.copying;

import java.util.Optional;

import letopis.store.RecordedEvent;

/** What tells two events that should be the same. */
final class Difference {
    private Difference() {}

    /**
     * What differs first, in words; nothing if every field is equal.
     *
     * @param renumbered whether positions and revisions may differ
     */
    static Optional<String> between(RecordedEvent source, RecordedEvent target, boolean renumbered) {
        if (!renumbered && source.position() != target.position()) {
            return of(source, "position", source.position(), target.position());
        }
        if (!source.stream().equals(target.stream())) {
            return of(source, "stream", source.stream(), target.stream());
        }
        if (!renumbered && source.revision() != target.revision()) {
            return of(source, "revision", source.revision(), target.revision());
        }
        if (!source.id().equals(target.id())) {
            return of(source, "id", source.id(), target.id());
        }
        if (!source.time().equals(target.time())) {
            return of(source, "time", source.time(), target.time());
        }
        if (!source.type().equals(target.type())) {
            return of(source, "type", source.type(), target.type());
        }
        if (!source.contentType().equals(target.contentType())) {
            return of(source, "content type", source.contentType(), target.contentType());
        }
        if (!source.tags().equals(target.tags())) {
            return of(source, "tags", source.tags(), target.tags());
        }
        if (!source.data().equals(target.data())) {
            return Optional.of(place(source) + ": the data differs");
        }
        return source.metadata().equals(target.metadata())
                ? Optional.empty()
                : Optional.of(place(source) + ": the metadata differs");
    }

    private static Optional<String> of(RecordedEvent source, String field, Object there, Object here) {
        return Optional.of(place(source) + ": its " + field + " is " + there + " in the source and " + here
                + " in the target");
    }

    private static String place(RecordedEvent event) {
        return "event " + event.position() + " of the source (" + event.stream() + "@" + event.revision() + ")";
    }
}
