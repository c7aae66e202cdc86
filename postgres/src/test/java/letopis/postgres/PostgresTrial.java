package letopis.postgres;

import java.util.List;

import javax.sql.DataSource;

import letopis.servers.DatabaseServer;
import letopis.servers.DatabaseServers;
import letopis.servers.PostgresServer;
import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;
import letopis.sql.trial.SqlTrial;

/** What the trials of SQL stores need to know of PostgreSQL. */
interface PostgresTrial extends SqlTrial {
    @Override
    default DatabaseServer server() {
        return DatabaseServers.postgres();
    }

    @Override
    default DatabaseServer launch() {
        return PostgresServer.launch();
    }

    @Override
    default SqlEventStore open(DataSource source, SqlOptions options) {
        return PostgresEventStore.open(source, options);
    }

    @Override
    default Class<?> opener() {
        return PostgresEventStore.class;
    }

    @Override
    default String table(SqlOptions options, String name) {
        return options.schema() + "." + name;
    }

    @Override
    default String sequenceColumn() {
        return "position bigserial";
    }

    @Override
    default List<String> printed(SqlOptions options) {
        return PostgresEventStore.schema(options.schema());
    }
}
