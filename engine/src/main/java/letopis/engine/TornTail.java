package letopis.engine;

/**
 * What opening a store cut off its end: a block that was being written when the process or the machine went down. None of
 * its appends was acknowledged.
 *
 * @param file   the segment file
 * @param offset where in it the store now ends
 * @param bytes  how many bytes of an unfinished block stood there
 * @param what   what was found, in words
 */
public record TornTail(String file, long offset, long bytes, String what) {}
