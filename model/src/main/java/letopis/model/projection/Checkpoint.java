package letopis.model.projection;

import letopis.store.Bytes;

/**
 * How far a projection has come, and what it has made of the events until there.
 *
 * @param position every event up to here is in the state
 * @param state    as the projection wrote it
 */
public record Checkpoint(long position, Bytes state) {}
