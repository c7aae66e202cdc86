/** An event store on MySQL and MariaDB. */
module letopis.mysql {
    requires transitive letopis.sql;
    requires static transitive org.jspecify;

    exports letopis.mysql;
}
