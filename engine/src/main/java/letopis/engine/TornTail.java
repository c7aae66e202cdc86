package letopis.engine;

/**
 * What opening a store cut off its end: a block that was being written when the process or the machine went down. None of
 * its appends was acknowledged; unless the store was written with a weaker {@link Durability}, and blocks were lost.
 *
 * @param file   the segment file
 * @param offset where in it the store now ends
 * @param bytes  how many bytes of an unfinished block stood there
 * @param lost   how many blocks were lost that had been acknowledged, as far as is known; 0 with {@link Durability#FORCED}
 * @param what   what was found, in words
 */
public record TornTail(String file, long offset, long bytes, long lost, String what) {}
