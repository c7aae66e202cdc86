package letopis.cli;

import letopis.servers.DatabaseServers;

final class MariadbCopyTest extends DatabaseScenarios {
    MariadbCopyTest() {
        super(DatabaseServers.mariadb(), "MariaDB");
    }
}
