package letopis.postgres;

import java.nio.file.Path;

import letopis.servers.DatabaseServer;
import letopis.servers.PostgresServer;
import letopis.sql.trial.DiskFullContract;

class PostgresDiskFullTest implements PostgresTrial, DiskFullContract {
    @Override
    public DatabaseServer launchIn(Path directory) {
        return PostgresServer.launchIn(directory);
    }
}
