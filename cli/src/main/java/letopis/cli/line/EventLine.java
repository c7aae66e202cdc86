package letopis.cli.line;

import java.time.Instant;
import java.util.Optional;

import letopis.store.Append;
import letopis.store.Bytes;
import letopis.store.Event;

/**
 * A line that holds an event.
 *
 * @param number  which line of its file, from 1 on
 * @param text    the line as it stands there
 * @param stream  the stream that the event is for
 * @param event   the event, with the id it was given or with one that is made from the line
 * @param idGiven whether the line gives the id
 * @param time    when it was recorded, if the line gives that
 */
public record EventLine(long number, Bytes text, String stream, Event event, boolean idGiven, Optional<Instant> time) {
    /** The event as an append of its own. */
    public Append append(boolean raiseTimes) {
        Append append = Append.to(stream).of(event);
        return time.map(it -> raiseTimes ? append.recordedAtOrLater(it) : append.recordedAt(it)).orElse(append);
    }
}
