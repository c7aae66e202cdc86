package letopis.mysql;

import letopis.sql.trial.VirtualThreadContract;

class MysqlVirtualThreadTest implements MysqlTrial, VirtualThreadContract {
    @Override
    public int fewest() {
        return 2;
    }
}
