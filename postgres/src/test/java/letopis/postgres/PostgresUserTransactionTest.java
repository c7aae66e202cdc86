package letopis.postgres;

import letopis.sql.UserTransactionContract;

class PostgresUserTransactionTest implements PostgresTrial, UserTransactionContract {}
