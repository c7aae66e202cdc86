package letopis.postgres;

import letopis.sql.trial.UserTransactionContract;

class PostgresUserTransactionTest implements PostgresTrial, UserTransactionContract {}
