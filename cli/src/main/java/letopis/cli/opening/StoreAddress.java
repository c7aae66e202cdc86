package letopis.cli.opening;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;

/**
 * Where a store is. Its text can be given to a command again, and never has a password in it.
 */
public sealed interface StoreAddress {
    /** A directory of the embedded engine. */
    record Directory(Path path) implements StoreAddress {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A store in a database.
     *
     * @param product  which database
     * @param jdbc     what its driver is given, without user and password
     * @param user     whom to log in as, if that was said
     * @param password the password, if that was said
     * @param schema   where in the database the store's tables are
     * @param shown    the address without the password
     */
    record Database(Product product, String jdbc, Optional<String> user, Optional<String> password, String schema,
            String shown) implements StoreAddress {
        @Override
        public String toString() {
            return shown;
        }
    }

    /** A database that there are stores for. */
    enum Product {
        /** PostgreSQL. */
        POSTGRESQL("PostgreSQL", "pg_dump"),
        /** MySQL. */
        MYSQL("MySQL", "mysqldump"),
        /** MariaDB. */
        MARIADB("MariaDB", "mariadb-dump");

        private final String words;
        private final String backup;

        Product(String words, String backup) {
            this.words = words;
            this.backup = backup;
        }

        /** The program that makes backups of such a database. */
        public String backup() {
            return backup;
        }

        /** What its addresses begin with. */
        String scheme() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Reads an address: a directory, {@code file:} and a directory, or the URL of a database, with {@code jdbc:} before it or
     * without.
     *
     * @throws Failure if it is neither; the message has no password in it
     */
    static StoreAddress parse(String text) {
        if (text.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "the name of the store is empty",
                    "name a directory or a database; the directory you are in is .");
        }
        if (text.startsWith("file:")) {
            String path = text.substring("file:".length());
            return new Directory(Path.of(path.startsWith("//") ? path.substring(2) : path));
        }
        return DatabaseUrl.isUrl(text) ? DatabaseUrl.parse(text) : new Directory(Path.of(text));
    }
}
