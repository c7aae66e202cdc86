/** Deciders, aggregates and projections over any event store. */
module letopis.model {
    requires static transitive org.jspecify;
    requires transitive letopis.store;
    requires transitive tools.jackson.databind;

    exports letopis.model;
    exports letopis.model.projection;
}
