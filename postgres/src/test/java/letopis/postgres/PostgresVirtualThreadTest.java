package letopis.postgres;

import letopis.sql.trial.VirtualThreadContract;

class PostgresVirtualThreadTest implements PostgresTrial, VirtualThreadContract {
    @Override
    public int fewest() {
        return 3;
    }
}
