package letopis.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import letopis.proof.SealedRoot;
import letopis.proof.SigningKey;
import letopis.proof.VerifyingKey;
import letopis.store.Append;
import letopis.store.Event;

/** A store in a directory, with one stream, that is sealed when it is closed and hardly before. */
final class SealedStore {
    static final SigningKey KEY = SigningKey.generate();
    static final List<VerifyingKey> KEYS = List.of(KEY.verifyingKey());

    private final Path directory;

    SealedStore(Path directory) {
        this.directory = directory;
    }

    static EngineOptions options() {
        return EngineOptions.DEFAULT
                .withTamperEvidence(TamperEvidence.with(KEY).withSealEvery(1_000_000, Duration.ofHours(1)));
    }

    EmbeddedEventStore open() {
        return EmbeddedEventStore.open(directory, options());
    }

    /** Appends so many events, closes, and gives the root that was sealed. */
    SealedRoot session(int events) {
        try (EmbeddedEventStore store = open()) {
            append(store, events);
        }
        try (EmbeddedEventStore store = EmbeddedEventStore.openReadOnly(directory)) {
            return store.proofs().sealedRoot().orElseThrow();
        }
    }

    static void append(EmbeddedEventStore store, int events) {
        for (int i = 0; i < events; i++) {
            long next = store.head() + 1;
            store.append(Append.to("account-1").of(Event.of("Deposited", "{\"amount\":" + next + "}")));
        }
    }

    AuditReport audit(SealedRoot... saved) {
        return EmbeddedEventStore.audit(directory, KEYS, List.of(saved), VerifyProgress.NONE);
    }

    void forgetTheTree() throws IOException {
        delete(directory.resolve("proof"));
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
