package letopis.mysql;

import java.nio.file.Path;

import letopis.servers.DatabaseServer;
import letopis.servers.MariadbServer;
import letopis.sql.trial.DiskFullContract;

class MariadbDiskFullTest implements MariadbTrial, DiskFullContract {
    @Override
    public DatabaseServer launchIn(Path directory) {
        return MariadbServer.launchIn(directory);
    }
}
