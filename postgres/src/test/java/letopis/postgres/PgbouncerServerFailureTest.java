package letopis.postgres;

import letopis.sql.trial.ServerFailureContract;

class PgbouncerServerFailureTest implements PgbouncerTrial, ServerFailureContract {}
