package letopis.mysql;

import letopis.sql.trial.UserTransactionContract;

class MysqlUserTransactionTest implements MysqlTrial, UserTransactionContract {}
