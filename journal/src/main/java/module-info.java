/** A totally ordered durable log of blocks, and the local files that make one. Not for users: the engine stands on it. */
module letopis.journal {
    requires static transitive org.jspecify;
    requires transitive letopis.store;

    exports letopis.journal to letopis.engine;
    exports letopis.journal.disk to letopis.engine;
    exports letopis.journal.file to letopis.engine;
}
