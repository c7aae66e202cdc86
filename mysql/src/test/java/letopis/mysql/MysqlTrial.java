package letopis.mysql;

import java.util.List;

import javax.sql.DataSource;

import letopis.servers.DatabaseServer;
import letopis.servers.DatabaseServers;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.sql.trial.SqlTrial;

/** What the trials of SQL stores need to know of MySQL. */
interface MysqlTrial extends SqlTrial {
    @Override
    default DatabaseServer server() {
        return DatabaseServers.mysql();
    }

    @Override
    default DatabaseServer launch() {
        return letopis.servers.MysqlServer.launch();
    }

    @Override
    default SqlEventStore open(DataSource source, SqlOptions options) {
        return MysqlEventStore.open(source, options);
    }

    @Override
    default Class<?> opener() {
        return MysqlEventStore.class;
    }

    @Override
    default String table(SqlOptions options, String name) {
        return options.schema() + "_" + name;
    }

    @Override
    default String sequenceColumn() {
        return "position bigint auto_increment primary key";
    }

    @Override
    default List<String> printed(SqlOptions options) {
        return MysqlEventStore.schema(options.schema(), MysqlServer.MYSQL);
    }
}
