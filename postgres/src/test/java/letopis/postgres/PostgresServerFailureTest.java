package letopis.postgres;

import letopis.sql.trial.ServerFailureContract;

class PostgresServerFailureTest implements PostgresTrial, ServerFailureContract {}
