package letopis.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import letopis.proof.InclusionProof;
import letopis.proof.SealedRoot;
import letopis.store.EventStore;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import letopis.store.TypeInfo;

/**
 * What a store answers, by every part of its index: all events, streams, and the positions that each query finds; and what it
 * proves.
 */
record StoreView(StoreContent content, Map<String, List<Long>> found, List<TypeInfo> types, Optional<SealedRoot> root,
        String proof) {
    private static final List<Query> QUERIES = List.of(Query.type("Type0"), Query.type("Type2"), Query.tag("tag:1"),
            Query.tag("tag:4"), Query.tag("at:own-3"), Query.category("own"), Query.category("shared"),
            Query.stream("own-2"), Query.stream("shared-1"), Query.tag("tag:2", "at:own-3"), Query.type("Missing"));

    static StoreView of(EmbeddedEventStore store) {
        StoreContent content = StoreContent.of(store);
        Map<String, List<Long>> found = new TreeMap<>();
        for (Query query : QUERIES) {
            found.put(query.toString(), positions(store, Read.of(query)));
            found.put("backwards " + query, positions(store, Read.of(query).backwards()));
        }
        Optional<SealedRoot> root = store.proofs().sealedRoot();
        if (root.isEmpty()) {
            return new StoreView(content, found, store.types(), root, "");
        }
        InclusionProof proof = store.proofs().proveInclusion(root.get().size() / 2);
        proof.check(SealedStore.KEYS);
        return new StoreView(content, found, store.types(), root, proof.text());
    }

    /** The same with what another one proves. */
    StoreView withProofOf(StoreView other) {
        return new StoreView(content, found, types, other.root, other.proof);
    }

    /** Which parts are not the same, in words. */
    String differences(StoreView other) {
        List<String> parts = new ArrayList<>();
        if (!content.equals(other.content)) {
            parts.add("events or streams");
        }
        found.forEach((query, positions) -> {
            if (!positions.equals(other.found.get(query))) {
                parts.add("what is found by " + query);
            }
        });
        if (!types.equals(other.types)) {
            parts.add("types");
        }
        if (!root.equals(other.root) || !proof.equals(other.proof)) {
            parts.add("what is proven: " + root + " and not " + other.root);
        }
        return "other " + String.join(", other ", parts);
    }

    private static List<Long> positions(EventStore store, Read read) {
        try (Reading reading = store.read(read)) {
            return reading.toList().stream().map(RecordedEvent::position).toList();
        }
    }
}
