package letopis.journal.file;

/**
 * Up to where the log of a store that acknowledges before it forces is durable for certain.
 *
 * @param block   the number of the last block that was forced, as all before it were
 * @param segment the segment in which it ends; what is not forced is there or in later ones
 */
record Forced(long block, int segment) {}
