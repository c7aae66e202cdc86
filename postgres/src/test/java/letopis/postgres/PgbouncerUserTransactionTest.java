package letopis.postgres;

import letopis.sql.trial.UserTransactionContract;

class PgbouncerUserTransactionTest implements PgbouncerTrial, UserTransactionContract {}
