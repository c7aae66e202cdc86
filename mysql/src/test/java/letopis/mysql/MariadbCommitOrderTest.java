package letopis.mysql;

import letopis.sql.trial.CommitOrderContract;

class MariadbCommitOrderTest implements MariadbTrial, CommitOrderContract {}
