/** The contract: what an event store promises. */
module letopis.store {
    requires static transitive org.jspecify;

    exports letopis.store;
}
