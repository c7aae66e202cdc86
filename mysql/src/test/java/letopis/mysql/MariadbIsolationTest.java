package letopis.mysql;

import letopis.sql.trial.IsolationContract;

class MariadbIsolationTest implements MariadbTrial, IsolationContract {}
