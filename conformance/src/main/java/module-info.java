/** The suite that every event store passes. */
module letopis.conformance {
    requires static transitive org.jspecify;
    requires transitive letopis.store;
    requires transitive org.junit.jupiter.api;
    requires org.junit.platform.launcher;
    requires transitive org.assertj.core;

    exports letopis.conformance;

    opens letopis.conformance to org.junit.platform.commons;
}
