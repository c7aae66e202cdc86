/** Given, when, then for deciders and projections, and a store for tests. */
module letopis.testkit {
    requires static transitive org.jspecify;
    requires transitive letopis.model;
    requires transitive letopis.memory;

    exports letopis.testkit;
}
