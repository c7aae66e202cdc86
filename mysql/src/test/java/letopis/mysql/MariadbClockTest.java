package letopis.mysql;

import letopis.sql.trial.ClockContract;

class MariadbClockTest implements MariadbTrial, ClockContract {}
