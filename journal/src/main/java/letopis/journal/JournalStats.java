package letopis.journal;

/**
 * How large a journal is.
 *
 * @param segments       how many segment files it has, prepared ones included
 * @param blocks         how many blocks are published
 * @param usedBytes      bytes taken by published blocks
 * @param allocatedBytes bytes of all segment files
 * @param forcedLate     whether blocks are acknowledged before they are forced to the disk
 */
public record JournalStats(int segments, long blocks, long usedBytes, long allocatedBytes,
        boolean forcedLate) {}
