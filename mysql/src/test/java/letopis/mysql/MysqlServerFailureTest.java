package letopis.mysql;

import letopis.sql.trial.ServerFailureContract;

class MysqlServerFailureTest implements MysqlTrial, ServerFailureContract {}
