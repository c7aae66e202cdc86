/** Proofs that a store's history is what it was. Needs nothing but the JDK, and no store at hand. */
module letopis.proof {
    requires static transitive org.jspecify;

    exports letopis.proof;
}
