package letopis.engine;

import java.util.UUID;

/**
 * An event that is whole, and that a repair gives up, because something before it is lost.
 *
 * @param position its position
 * @param stream   its stream
 * @param revision its revision
 * @param type     its type
 * @param id       its id
 */
public record GivenUpEvent(long position, String stream, long revision, String type, UUID id) {}
