package letopis.mysql;

import letopis.sql.trial.VirtualThreadContract;

class MariadbVirtualThreadTest implements MariadbTrial, VirtualThreadContract {
    @Override
    public int fewest() {
        return 2;
    }
}
