/** Real database servers for tests. */
module letopis.servers {
    requires static transitive org.jspecify;
    requires transitive java.sql;
    requires transitive com.zaxxer.hikari;

    exports letopis.servers;
}
