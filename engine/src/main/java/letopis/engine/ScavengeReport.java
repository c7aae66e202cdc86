package letopis.engine;

/**
 * What scavenging did.
 *
 * @param events         how many events were erased
 * @param streams        how many streams have lost events, now or earlier
 * @param segments       how many segment files were written anew
 * @param reclaimedBytes how many bytes they take less
 */
public record ScavengeReport(long events, long streams, int segments, long reclaimedBytes) {}
