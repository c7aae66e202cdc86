package letopis.benchmarks.contender;

import java.nio.file.Path;

/** What is measured, and what beside it. */
public enum Kind {
    /** The embedded engine. */
    LETOPIS("Letopis"),
    /** The same store on PostgreSQL. */
    LETOPIS_POSTGRES("Letopis on PostgreSQL"),
    /** The same store on MySQL. */
    LETOPIS_MYSQL("Letopis on MySQL"),
    /** The same bytes by the simplest program: {@link RawFile}. */
    RAW("raw limit"),
    /** {@link SqliteContender}. */
    SQLITE("SQLite"),
    /** {@link RocksContender}. */
    ROCKSDB("RocksDB"),
    /** {@link TableContender}. */
    POSTGRES("PostgreSQL"),
    /** {@link TableContender}. */
    MYSQL("MySQL"),
    /** {@link AxonContender}. */
    AXON("Axon 4 JDBC");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    /** The name for people. */
    public String title() {
        return title;
    }

    /** Whether it is a store of Letopis on a database. */
    public boolean isLetopisOnSql() {
        return this == LETOPIS_POSTGRES || this == LETOPIS_MYSQL;
    }

    /** Opens a store in this directory, which may be empty or filled before. */
    public Contender open(Path directory) {
        return switch (this) {
            case LETOPIS -> LetopisContender.engine(directory);
            case LETOPIS_POSTGRES -> LetopisContender.onPostgres(directory);
            case LETOPIS_MYSQL -> LetopisContender.onMysql(directory);
            case SQLITE -> new SqliteContender(directory);
            case ROCKSDB -> new RocksContender(directory);
            case POSTGRES -> TableContender.onPostgres(directory);
            case MYSQL -> TableContender.onMysql(directory);
            case AXON -> new AxonContender(directory);
            case RAW -> throw new IllegalArgumentException("the raw limit is a file, and no store");
        };
    }
}
