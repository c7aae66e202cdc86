/** An event store in memory. */
module letopis.memory {
    requires static transitive org.jspecify;
    requires transitive letopis.store;

    exports letopis.memory;
}
