package letopis.cli;

import letopis.servers.DatabaseServers;

final class MysqlCopyTest extends DatabaseScenarios {
    MysqlCopyTest() {
        super(DatabaseServers.mysql(), "MySQL");
    }
}
