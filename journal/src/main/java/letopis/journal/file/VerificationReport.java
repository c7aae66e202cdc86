package letopis.journal.file;

import java.util.Optional;

/**
 * What a {@link JournalVerification} has looked at.
 *
 * @param faults       how many faults it found
 * @param blocks       how many intact blocks
 * @param records      how many intact records in them
 * @param lastPosition the position of the last event found, or 0
 * @param bytes        how many bytes of segment files it has read
 * @param besideWriter whether a writer has the store open; then what it had not published was not looked at
 * @param tornTail     a block that a crash interrupted, which is no fault; the next opening for writing cuts it off
 */
public record VerificationReport(long faults, long blocks, long records, long lastPosition, long bytes,
        boolean besideWriter, Optional<TornTail> tornTail) {}
