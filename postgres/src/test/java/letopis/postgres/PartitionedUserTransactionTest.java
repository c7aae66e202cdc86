package letopis.postgres;

import letopis.sql.trial.UserTransactionContract;

class PartitionedUserTransactionTest implements PartitionedTrial, UserTransactionContract {}
