package letopis.store;

import java.time.Instant;

/**
 * What is known of an event type. Events that were forgotten may still be counted, until a scavenge.
 *
 * @param type          its name
 * @param count         how many events of it there are
 * @param firstPosition the position of the first
 * @param firstTime     when the first was recorded
 * @param lastPosition  the position of the newest
 * @param lastTime      when the newest was recorded
 */
public record TypeInfo(String type, long count, long firstPosition, Instant firstTime, long lastPosition,
        Instant lastTime) {}
