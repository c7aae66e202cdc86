package letopis.engine.index;

import java.util.UUID;

import letopis.engine.record.Name;

/**
 * What the index still knows of an event itself, because it is in memory.
 *
 * @param stream     the stream it is in
 * @param revision   its revision there
 * @param timeMicros when it was recorded
 * @param id         its id
 */
public record Filed(Name stream, long revision, long timeMicros, UUID id) {}
