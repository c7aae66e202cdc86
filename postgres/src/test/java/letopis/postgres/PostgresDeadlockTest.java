package letopis.postgres;

import letopis.sql.trial.DeadlockContract;

class PostgresDeadlockTest implements PostgresTrial, DeadlockContract {
    @Override
    public String impatient(String url) {
        return url; // the store itself bounds each wait by 5 s
    }
}
