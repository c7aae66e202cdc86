package letopis.mysql;

import letopis.sql.trial.ServerFailureContract;

class MariadbServerFailureTest implements MariadbTrial, ServerFailureContract {}
