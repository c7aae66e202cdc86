package letopis.cli;

import letopis.servers.DatabaseServers;

final class PostgresCopyTest extends DatabaseScenarios {
    PostgresCopyTest() {
        super(DatabaseServers.postgres(), "PostgreSQL");
    }
}
