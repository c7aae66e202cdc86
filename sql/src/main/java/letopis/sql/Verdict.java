package letopis.sql;

import java.util.function.Supplier;

import letopis.store.Appended;
import letopis.store.StoreException;

/** What becomes of an append. */
sealed interface Verdict {
    /** It is written. */
    record Written(Appended appended) implements Verdict {}

    /** It was written before; this was the answer. */
    record Retried(Appended appended) implements Verdict {}

    /** It is refused. The exception may have to read, so it is made by whoever wants it, when the transaction has ended. */
    record Refused(Supplier<StoreException> why) implements Verdict {}
}
