package letopis.mysql;

import letopis.sql.trial.CommitOrderContract;

class MysqlCommitOrderTest implements MysqlTrial, CommitOrderContract {}
