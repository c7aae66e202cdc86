package letopis.postgres;

import letopis.sql.ServerFailureContract;

class PostgresServerFailureTest implements PostgresTrial, ServerFailureContract {}
