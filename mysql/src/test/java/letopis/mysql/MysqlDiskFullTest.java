package letopis.mysql;

import java.nio.file.Path;

import letopis.servers.DatabaseServer;
import letopis.sql.trial.DiskFullContract;

class MysqlDiskFullTest implements MysqlTrial, DiskFullContract {
    @Override
    public DatabaseServer launchIn(Path directory) {
        return letopis.servers.MysqlServer.launchIn(directory);
    }
}
