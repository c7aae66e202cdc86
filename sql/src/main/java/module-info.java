/** What the event stores on SQL databases have in common. */
module letopis.sql {
    requires transitive java.sql;
    requires transitive letopis.store;
    requires static transitive org.jspecify;

    exports letopis.sql;
    exports letopis.sql.dialect;
}
