package letopis.mysql;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/** The two kinds of server, and all that differs between them. */
public enum MysqlServer {
    /** MySQL, 8.0.17 or newer. */
    MYSQL("MySQL", "utf8mb4_0900_bin", " for share"),
    /** MariaDB, 10.6 or newer. */
    MARIADB("MariaDB", "utf8mb4_nopad_bin", " lock in share mode");

    private final String product;
    private final String collation;
    private final String share;

    MysqlServer(String product, String collation, String share) {
        this.product = product;
        this.collation = collation;
        this.share = share;
    }

    /**
     * The kind of server behind a connection. MySQL's driver calls MariaDB "MySQL", too, but gives the version that the
     * server says, which has its name in it.
     */
    static MysqlServer of(DatabaseMetaData about) throws SQLException {
        String said = (about.getDatabaseProductName() + " " + about.getDatabaseProductVersion())
                .toLowerCase(Locale.ROOT);
        return said.contains("mariadb") ? MARIADB : MYSQL;
    }

    String product() {
        return product;
    }

    /** Compares texts by their bytes, trailing blanks and all. Each server has such a collation, under a name of its own. */
    String collation() {
        return collation;
    }

    /** Makes a query see what is committed now. MariaDB has not learned MySQL's newer words for it. */
    String share() {
        return share;
    }

    /** The setting that makes transactions read-only. Up to 11.0 MariaDB knows only the older name, and MySQL only the newer. */
    String readOnlyTransactions() {
        return switch (this) {
            case MYSQL -> "transaction_read_only";
            case MARIADB -> "tx_read_only";
        };
    }

    /**
     * A query that locks the one row of a table, and waits for it so long. The timeout of InnoDB is a setting of the session that
     * would have to be set and set back; MariaDB can say it in the query, in seconds, and MySQL can bound the query's time.
     */
    String lock(String table, Duration atMost) {
        String query = "forgets from " + table + " where one = 1 for update";
        return switch (this) {
            case MYSQL -> "select /*+ MAX_EXECUTION_TIME(" + (atMost.toMillis() + 1) + ") */ " + query;
            case MARIADB -> "select " + query + " wait " + Math.max(1, atMost.plusMillis(999).toSeconds());
        };
    }

    /** The same, without waiting. */
    String lockIfFree(String table) {
        return "select forgets from " + table + " where one = 1 for update nowait";
    }

    /**
     * A query for those who may hold the lock on a table's row: connection, user, host, what it does, seconds in its transaction.
     * MySQL tells who holds which lock; MariaDB only who has locked anything.
     */
    String holders(String table) {
        String columns = "select p.id, p.user, p.host, p.command, timestampdiff(second, t.trx_started, now())"
                + " from information_schema.innodb_trx t join information_schema.processlist p"
                + " on p.id = t.trx_mysql_thread_id";
        return switch (this) {
            case MYSQL -> columns + " join performance_schema.data_locks l on l.engine_transaction_id = t.trx_id"
                    + " where l.object_schema = database() and l.object_name = '" + table
                    + "' and l.lock_type = 'RECORD' and l.lock_status = 'GRANTED' and l.lock_mode like 'X%'";
            case MARIADB -> columns + " where t.trx_state = 'RUNNING' and t.trx_rows_locked > 0 order by t.trx_started";
        };
    }
}
