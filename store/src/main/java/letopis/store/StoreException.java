package letopis.store;

/** What can go wrong in a store. The facts are fields of each kind; the message is made from them. */
public abstract sealed class StoreException extends RuntimeException
        permits ConditionFailedException, EventIdTakenException, LimitExceededException, InvalidNameException,
        StreamNotFoundException, StreamTombstonedException, TimeBeforeHeadException, PositionBeyondHeadException,
        NotSupportedException, OutcomeUnknownException, StoreBusyException, StoreFullException, StoreFailedException,
        StoreClosedException, StoreDamagedException, StoreUnusableException {
    /** For one that makes its message when it is asked for. */
    StoreException() {}

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
