package letopis.postgres;

import letopis.sql.trial.CommitOrderContract;

class PgbouncerCommitOrderTest implements PgbouncerTrial, CommitOrderContract {}
