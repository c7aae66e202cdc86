package letopis.postgres;

import letopis.sql.CommitOrderContract;

class PostgresCommitOrderTest implements PostgresTrial, CommitOrderContract {}
