package letopis.mysql;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.regex.Pattern;

import letopis.sql.dialect.Trouble;

/** What the servers' error numbers mean. The numbers up to 1900 are common to both; beyond them each has its own. */
final class MysqlErrors {
    /** "No space left on device": the operating system's error in the text of one of the server's. */
    private static final Pattern NO_SPACE = Pattern.compile("\\b(error|errno|errcode):? 28\\b",
            Pattern.CASE_INSENSITIVE);

    private MysqlErrors() {}

    static Trouble trouble(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return switch (error.getErrorCode()) {
            case 1022, 1062, 1586 -> Trouble.DUPLICATE;
            // a deadlock; MariaDB: a row changed since the transaction's snapshot
            case 1213, 1020 -> Trouble.TRY_AGAIN;
            // InnoDB's timeout, NOWAIT; the bound on the query's time, of MySQL and of MariaDB
            case 1205, 3572, 3024, 1969 -> Trouble.TURN_TAKEN;
            case 1021, 1114 -> Trouble.FULL;
            // a file, a file of the server's library, a table, a temporary file could not be written
            case 1026, 3, 1030, 1878 ->
                NO_SPACE.matcher(String.valueOf(error.getMessage())).find() ? Trouble.FULL : Trouble.OTHER;
            case 1290, 1792, 1836 -> Trouble.READ_ONLY;
            case 1049, 1146 -> Trouble.MISSING;
            case 1044, 1045, 1142, 1143, 1227, 1698 -> Trouble.PERMISSION;
            // too many connections of all, of one user; killed; going down
            case 1040, 1203, 1226, 1317, 1053, 1927 -> Trouble.CONNECTION;
            default -> state.startsWith("08") || error instanceof SQLTransientConnectionException
                    || error instanceof SQLNonTransientConnectionException || error instanceof SQLRecoverableException
                            ? Trouble.CONNECTION
                            : Trouble.OTHER;
        };
    }
}
