package letopis.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import letopis.store.Bytes;
import letopis.store.Metadata;
import letopis.store.RecordedEvent;

/**
 * Who or what makes things happen. Set once at the edge, it goes into the metadata of every event that is decided within:
 *
 * <pre>{@code
 * Cause.by("anna").correlation(requestId).run(() -> orders.handle("123", order -> order.ship(now)));
 * }</pre>
 *
 * <p>It holds in the thread that runs it, and in what a structured task scope forks from there; not in other threads.
 * Immutable.
 */
public final class Cause {
    /** Nothing is known. */
    public static final Cause NONE = new Cause(Collections.emptySortedMap());

    private static final ScopedValue<Cause> CURRENT = ScopedValue.newInstance();

    private final SortedMap<String, String> entries;

    private Cause(SortedMap<String, String> entries) {
        this.entries = entries;
    }

    /** The cause that holds here; {@link #NONE} where none was set. */
    public static Cause current() {
        return CURRENT.orElse(NONE);
    }

    /** What holds here, done by this actor. */
    public static Cause by(String actor) {
        return current().with(Metadata.ACTOR, actor);
    }

    /**
     * This event as the cause of what follows from it: its id becomes the causation id. The correlation id is the event's; an
     * event without one begins a chain, which is then known by its id.
     */
    public static Cause of(RecordedEvent event) {
        String id = event.id().toString();
        return NONE.causation(id).correlation(event.metadataText(Metadata.CORRELATION_ID).orElse(id));
    }

    /** With what a whole chain of commands and events has in common. */
    public Cause correlation(String id) {
        return with(Metadata.CORRELATION_ID, id);
    }

    /** With the id of the event or command that led here. */
    public Cause causation(String id) {
        return with(Metadata.CAUSATION_ID, id);
    }

    /** With the name of the command that is handled. */
    public Cause command(String name) {
        return with(Metadata.COMMAND, name);
    }

    /** With one more text for the metadata, under a name of the application's own. */
    public Cause with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(entries);
        more.put(name, value);
        return new Cause(Collections.unmodifiableSortedMap(more));
    }

    /** Runs this with the cause; afterwards holds again what held before. */
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    /** Runs this with the cause, and returns what it returns; afterwards holds again what held before. */
    public <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(CURRENT, this).<R, X>call(work);
    }

    /** What is known under this name. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** All that is known, by name. */
    public Map<String, String> entries() {
        return entries;
    }

    /** The metadata of an event: a JSON object, or nothing where nothing is known. */
    Bytes toMetadata(Optional<String> command) {
        Cause whole = command.map(this::command).orElse(this);
        return whole.entries.isEmpty() ? Bytes.empty() : JsonCodec.DEFAULT.write(whole.entries);
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
