package letopis.mysql;

import letopis.sql.trial.UserTransactionContract;

class MariadbUserTransactionTest implements MariadbTrial, UserTransactionContract {}
