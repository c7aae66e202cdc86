/** The one dependency to start with: the model over the embedded event store. */
module letopis {
    requires static transitive org.jspecify;
    requires transitive letopis.model;
    requires transitive letopis.engine;

    exports letopis;
}
