package letopis.postgres;

import letopis.sql.trial.CommitOrderContract;

class PartitionedCommitOrderTest implements PartitionedTrial, CommitOrderContract {}
