package letopis.cli.line;

import letopis.cli.terminal.JsonLine;
import letopis.store.Bytes;
import letopis.store.Event;
import letopis.store.RecordedEvent;

/**
 * Writes a recorded event as a line that {@link LineParser} reads back to the same event, byte by byte: data and metadata stand in
 * it as they are where they are JSON on one line, and in Base64 where they are not.
 */
public final class LineWriter {
    private static final Bytes NULL = Bytes.utf8("null");

    private LineWriter() {}

    /** The line to export: what an import takes, and nothing else. */
    public static JsonLine exported(RecordedEvent event) {
        return rest(new JsonLine().member("stream", event.stream()), event);
    }

    /** The line to show: with position and revision. */
    public static JsonLine shown(RecordedEvent event) {
        return rest(new JsonLine().member("position", event.position())
                .member("stream", event.stream())
                .member("revision",
                        event.revision()),
                event);
    }

    private static JsonLine rest(JsonLine line, RecordedEvent event) {
        line.member("type", event.type()).member("id", event.id().toString()).member("time", event.time().toString());
        if (!event.contentType().equals(Event.JSON)) {
            line.member("contentType", event.contentType());
        }
        if (!event.tags().isEmpty()) {
            line.member("tags", event.tags());
        }
        if (!event.metadata().isEmpty()) {
            bytes(line, "metadata", event.metadata(), !event.metadata().equals(NULL));
        }
        bytes(line, "data", event.data(), JsonData.isJson(event.contentType()));
        return line;
    }

    private static void bytes(JsonLine line, String name, Bytes bytes, boolean mayStandAsJson) {
        if (mayStandAsJson && JsonSlices.isOneLineValue(bytes)) {
            line.json(name, bytes);
        } else {
            line.base64(name + "Base64", bytes);
        }
    }
}
