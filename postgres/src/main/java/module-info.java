/** An event store on PostgreSQL. */
module letopis.postgres {
    requires transitive letopis.sql;
    requires org.postgresql.jdbc;
    requires tools.jackson.core;
    requires static org.checkerframework.checker.qual;
    requires static transitive org.jspecify;

    exports letopis.postgres;
}
