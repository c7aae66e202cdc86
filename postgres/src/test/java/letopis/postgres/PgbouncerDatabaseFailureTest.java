package letopis.postgres;

import letopis.servers.DatabaseServer;
import letopis.servers.PgbouncerServer;
import letopis.sql.trial.ServerFailureContract;

/** The pooler stays, and the database behind it dies. */
class PgbouncerDatabaseFailureTest implements PgbouncerTrial, ServerFailureContract {
    @Override
    public DatabaseServer launch() {
        return PgbouncerServer.launchBeforeMortalDatabase();
    }
}
