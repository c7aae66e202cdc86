package letopis.mysql;

import letopis.sql.trial.DeadlockContract;

class MysqlDeadlockTest implements MysqlTrial, DeadlockContract {
    @Override
    public String impatient(String url) {
        return url + "&sessionVariables=innodb_lock_wait_timeout=1";
    }
}
