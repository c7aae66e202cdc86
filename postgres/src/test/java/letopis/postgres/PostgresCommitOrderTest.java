package letopis.postgres;

import letopis.sql.trial.CommitOrderContract;

class PostgresCommitOrderTest implements PostgresTrial, CommitOrderContract {}
