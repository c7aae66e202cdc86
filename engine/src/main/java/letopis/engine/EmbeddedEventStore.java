package letopis.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.Limits;
import letopis.store.Query;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StreamInfo;
import letopis.store.Subscription;
import letopis.store.TypeInfo;

/**
 * An event store in a directory of the local disk, inside this process.
 *
 * <p>One opening at a time writes to a directory; any number of others, also of other processes, may read it meanwhile. An
 * acknowledged append is durable: it survives the end of the process, however it comes, and a power cut.
 */
@SuppressWarnings("DoNotCallSuggester") // the signatures come first
public final class EmbeddedEventStore implements EventStore {
    private EmbeddedEventStore() {}

    /**
     * Opens the store in this directory for reading and writing, and creates it where there is none.
     *
     * @throws letopis.store.StoreUnusableException if it cannot be opened; nothing was changed
     * @throws letopis.store.StoreDamagedException  if what is stored is not what was written; nothing was changed
     */
    public static EmbeddedEventStore open(Path directory) {
        return open(directory, EngineOptions.DEFAULT);
    }

    /** The same with options. */
    public static EmbeddedEventStore open(Path directory, EngineOptions options) {
        throw new UnsupportedOperationException("open " + directory + options);
    }

    /**
     * Opens the store in this directory for reading only, also while another process writes to it: sees every append as soon
     * as it is published, some milliseconds later, at no cost to the writer. Needs no room and changes nothing.
     *
     * @throws letopis.store.StoreUnusableException if it cannot be opened
     * @throws letopis.store.StoreDamagedException  if what is stored is not what was written
     */
    public static EmbeddedEventStore openReadOnly(Path directory) {
        return openReadOnly(directory, EngineOptions.DEFAULT);
    }

    /** The same with options, of which only the clock and the limits matter here. */
    public static EmbeddedEventStore openReadOnly(Path directory, EngineOptions options) {
        throw new UnsupportedOperationException("openReadOnly " + directory + options);
    }

    /**
     * Reads the whole store and checks all of it, whether it is open somewhere or not. Changes nothing, and does not stop at
     * the first fault.
     *
     * @throws letopis.store.StoreUnusableException if there is no store, or it cannot be read
     */
    public static Verification verify(Path directory, VerifyProgress progress) {
        throw new UnsupportedOperationException("verify " + directory + progress);
    }

    /** What opening the store cut off its end; nothing after a clean close. */
    public Optional<TornTail> tornTail() {
        throw new UnsupportedOperationException("tornTail");
    }

    /** Figures of this opening, as of now. */
    public EngineStats stats() {
        throw new UnsupportedOperationException("stats");
    }

    @Override
    public Appended append(Append append) {
        throw new UnsupportedOperationException("append");
    }

    @Override
    public CompletableFuture<Appended> submit(Append append) {
        throw new UnsupportedOperationException("submit");
    }

    @Override
    public Reading read(Read read) {
        throw new UnsupportedOperationException("read");
    }

    /**
     * {@inheritDoc}
     *
     * <p>A subscription has {@linkplain letopis.store.Signal.FellBehind fallen behind} when more than 10,000 events wait to be
     * looked at, and says how far it has {@linkplain letopis.store.Signal.Looked looked} after each 10,000 events of which none
     * matched.
     */
    @Override
    public Subscription subscribe(Query query, long after) {
        throw new UnsupportedOperationException("subscribe");
    }

    @Override
    public long head() {
        throw new UnsupportedOperationException("head");
    }

    @Override
    public Optional<StreamInfo> stream(String stream) {
        throw new UnsupportedOperationException("stream");
    }

    @Override
    public List<StreamInfo> streams(String prefix, String after, int limit) {
        throw new UnsupportedOperationException("streams");
    }

    @Override
    public List<TypeInfo> types() {
        throw new UnsupportedOperationException("types");
    }

    @Override
    public void forget(Forget forget) {
        throw new UnsupportedOperationException("forget");
    }

    @Override
    public Limits limits() {
        throw new UnsupportedOperationException("limits");
    }

    @Override
    public Set<Capability> capabilities() {
        throw new UnsupportedOperationException("capabilities");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("close");
    }
}
