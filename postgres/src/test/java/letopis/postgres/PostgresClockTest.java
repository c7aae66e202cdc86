package letopis.postgres;

import letopis.sql.trial.ClockContract;

class PostgresClockTest implements PostgresTrial, ClockContract {}
