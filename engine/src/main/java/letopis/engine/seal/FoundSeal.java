package letopis.engine.seal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import letopis.engine.record.MalformedRecordException;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.journal.RecordReader;
import letopis.proof.SealedRoot;
import letopis.store.StoreDamagedException;

/**
 * A seal that is in the log where it is remembered to be.
 *
 * @param remembered how many seals were remembered up to it
 */
record FoundSeal(SealRecord seal, long place, int remembered) {
    /** The newest of the seals that are remembered that may be believed; none if one that is newer is not in the log. */
    static Optional<FoundSeal> newest(List<SealFiles.Remembered> seals, Journal journal,
            Predicate<SealedRoot> believed) throws IOException {
        try (RecordReader reader = journal.reader()) {
            for (int i = seals.size() - 1; i >= 0; i--) {
                SealFiles.Remembered one = seals.get(i);
                Optional<SealRecord> there = at(one.place(), journal, reader);
                if (there.isEmpty() || there.get().root().size() != one.size()) {
                    return Optional.empty();
                }
                if (one.size() <= journal.lastPosition() && believed.test(there.get().root())) {
                    return Optional.of(new FoundSeal(there.get(), one.place(), i + 1));
                }
            }
        }
        return Optional.empty();
    }

    /** Places are remembered beside the log, and need not be right. */
    private static Optional<SealRecord> at(long place, Journal journal, RecordReader reader) throws IOException {
        try {
            var payload = reader.read(place);
            return reader.kind() == RecordKind.SEAL
                    ? Optional.of(SealRecord.decode(journal.storeId(), payload))
                    : Optional.empty();
        } catch (StoreDamagedException | MalformedRecordException _) {
            return Optional.empty();
        }
    }
}
