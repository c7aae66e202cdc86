package letopis.postgres;

import letopis.servers.DatabaseServer;
import letopis.servers.DatabaseServers;
import letopis.servers.PgbouncerServer;

/** What the trials of SQL stores need to know of PostgreSQL behind PgBouncer in transaction mode. */
interface PgbouncerTrial extends PostgresTrial {
    @Override
    default DatabaseServer server() {
        return DatabaseServers.pgbouncer();
    }

    @Override
    default DatabaseServer launch() {
        return PgbouncerServer.launch();
    }
}
