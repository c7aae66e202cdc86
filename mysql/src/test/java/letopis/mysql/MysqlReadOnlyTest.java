package letopis.mysql;

import java.util.List;

import letopis.sql.trial.ReadOnlyDatabaseContract;

class MysqlReadOnlyTest implements MysqlTrial, ReadOnlyDatabaseContract {
    @Override
    public List<String> endWrites() {
        return List.of("set global super_read_only = on");
    }

    @Override
    public List<String> allowWrites() {
        return List.of("set global super_read_only = off", "set global read_only = off");
    }
}
