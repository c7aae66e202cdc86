package letopis.cli.importing;

import java.time.Duration;

/**
 * What an import did.
 *
 * @param lines        how many lines held an event, or should have
 * @param added        how many events are new in the store
 * @param alreadyThere how many were in the store already
 * @param setAside     how many lines were set aside
 * @param lastLine     the number of the last line that was dealt with
 * @param interrupted  whether it was broken off
 * @param took         how long it took
 */
public record ImportSummary(long lines, long added, long alreadyThere, long setAside, long lastLine,
        boolean interrupted,
        Duration took) {}
