package letopis.conformance;

/**
 * All that every store promises. A store that can be opened read-only beside its writer runs {@link ReadOnlyContract}, too.
 */
public interface WholeContract
        extends
            AppendContract,
            AppendConditionContract,
            QueryConditionContract,
            IdempotentRetryContract,
            RecordedTimeContract,
            ReadContract,
            QueryContract,
            SubscriptionContract,
            WaitingContract,
            ForgetContract,
            RetentionContract,
            ListingContract,
            LimitContract,
            SubmitContract,
            LifecycleContract,
            ConcurrencyContract,
            RandomProgramContract {}
