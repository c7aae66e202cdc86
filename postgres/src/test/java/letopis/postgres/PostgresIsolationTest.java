package letopis.postgres;

import letopis.sql.trial.IsolationContract;

class PostgresIsolationTest implements PostgresTrial, IsolationContract {}
