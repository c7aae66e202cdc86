package letopis.journal.file;

/**
 * What a {@link Backup} or a {@link Restoration} has made.
 *
 * @param lastPosition the position of the last event in it, or 0
 * @param blocks       how many blocks the log in it has
 * @param copied       how many segments were copied
 * @param kept         how many were there already, and unchanged
 * @param copiedBytes  how many bytes were copied
 */
public record BackupReport(long lastPosition, long blocks, int copied, int kept, long copiedBytes) {}
