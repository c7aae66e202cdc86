package letopis.cli.copying;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import letopis.store.EventStore;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * A store as it is, but for the events that are read: what somebody could do to the rows of a database.
 *
 * @param change gives another event, or {@code null} for none
 */
record Tampering(Function<RecordedEvent, @Nullable RecordedEvent> change) {
    EventStore with(EventStore store) {
        return (EventStore) Proxy.newProxyInstance(EventStore.class.getClassLoader(), new Class<?>[]{EventStore.class},
                (_, method, arguments) -> {
                    try {
                        Object answer = method.invoke(store, arguments);
                        return answer instanceof Reading reading ? tampered(reading) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Reading tampered(Reading reading) {
        Stream<RecordedEvent> all = StreamSupport.stream(reading.spliterator(), false);
        Iterator<RecordedEvent> changed = all.map(change).filter(Objects::nonNull).iterator();
        return new Reading() {
            @Override
            public long head() {
                return reading.head();
            }

            @Override
            public boolean hasNext() {
                return changed.hasNext();
            }

            @Override
            public RecordedEvent next() {
                return changed.next();
            }

            @Override
            public void close() {
                reading.close();
            }
        };
    }
}
