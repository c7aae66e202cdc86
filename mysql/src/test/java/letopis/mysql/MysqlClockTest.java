package letopis.mysql;

import letopis.sql.trial.ClockContract;

class MysqlClockTest implements MysqlTrial, ClockContract {}
