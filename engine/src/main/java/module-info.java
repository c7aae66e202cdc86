/** The embedded event store: sequencer and index over a journal. */
module letopis.engine {
    requires static transitive org.jspecify;
    requires transitive letopis.store;
    requires transitive letopis.proof;
    requires letopis.journal;

    exports letopis.engine;
}
