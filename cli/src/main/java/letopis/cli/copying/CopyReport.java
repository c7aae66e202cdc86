package letopis.cli.copying;

import java.util.List;

/**
 * What a copy did.
 *
 * @param copied       how many events were written
 * @param alreadyThere how many were in the target before
 * @param head         the target's head
 * @param whole        whether it came to its end; otherwise another run goes on
 * @param verified     whether all events of both stores were compared afterwards
 * @param notes        what is not in the target as it is in the source, in words
 */
public record CopyReport(long copied, long alreadyThere, long head, boolean whole, boolean verified,
        List<String> notes) {
    public CopyReport {
        notes = List.copyOf(notes);
    }
}
