package letopis.mysql;

import letopis.sql.trial.IsolationContract;

class MysqlIsolationTest implements MysqlTrial, IsolationContract {}
