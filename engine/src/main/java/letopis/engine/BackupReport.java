package letopis.engine;

/**
 * What a {@linkplain StoreBackup backup} or a restored store has in it.
 *
 * @param head        the position of the last event, or 0
 * @param copied      how many segments were copied
 * @param kept        how many were there already, and unchanged
 * @param copiedBytes how many bytes were copied
 */
public record BackupReport(long head, int copied, int kept, long copiedBytes) {
    static BackupReport of(letopis.journal.file.BackupReport report) {
        return new BackupReport(report.lastPosition(), report.copied(), report.kept(), report.copiedBytes());
    }
}
