package letopis.journal.file;

/**
 * An end of the log, or of a part of it.
 *
 * @param segment  the segment in which the last block is
 * @param offset   the first byte behind that block
 * @param block    the number of that block, or 0
 * @param position the position of the last event up to there, or 0
 */
record JournalEnd(int segment, long offset, long block, long position) {}
