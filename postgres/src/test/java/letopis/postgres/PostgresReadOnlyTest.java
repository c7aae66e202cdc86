package letopis.postgres;

import java.util.List;

import letopis.sql.trial.ReadOnlyDatabaseContract;

class PostgresReadOnlyTest implements PostgresTrial, ReadOnlyDatabaseContract {
    @Override
    public List<String> endWrites() {
        return List.of("alter system set default_transaction_read_only = on", "select pg_reload_conf()");
    }

    @Override
    public List<String> allowWrites() {
        return List.of("set session characteristics as transaction read write",
                "alter system reset default_transaction_read_only", "select pg_reload_conf()");
    }
}
