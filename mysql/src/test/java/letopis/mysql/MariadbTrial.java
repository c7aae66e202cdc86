package letopis.mysql;

import java.util.List;

import letopis.servers.DatabaseServer;
import letopis.servers.DatabaseServers;
import letopis.servers.MariadbServer;
import letopis.sql.SqlOptions;

/** What the trials of SQL stores need to know of MariaDB. */
interface MariadbTrial extends MysqlTrial {
    @Override
    default DatabaseServer server() {
        return DatabaseServers.mariadb();
    }

    @Override
    default DatabaseServer launch() {
        return MariadbServer.launch();
    }

    @Override
    default List<String> printed(SqlOptions options) {
        return MysqlEventStore.schema(options.schema(), MysqlServer.MARIADB);
    }
}
