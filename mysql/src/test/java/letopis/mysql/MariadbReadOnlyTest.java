package letopis.mysql;

import java.util.List;

import letopis.servers.DatabaseServer;
import letopis.sql.trial.ReadOnlyDatabaseContract;
import letopis.sql.trial.SqlTrial;

class MariadbReadOnlyTest implements MariadbTrial, ReadOnlyDatabaseContract {
    @Override
    public List<String> endWrites() {
        return List.of("set global read_only = on");
    }

    @Override
    public List<String> allowWrites() {
        return List.of("set global read_only = off");
    }

    /** The server's root may write all the same. */
    @Override
    public String asApplication(DatabaseServer server, String url) throws Exception {
        SqlTrial.execute(server.dataSource(), "create user app@'%' identified by 'app'",
                "grant all on `t%`.* to app@'%'");
        return url.replace("user=root", "user=app&password=app");
    }
}
