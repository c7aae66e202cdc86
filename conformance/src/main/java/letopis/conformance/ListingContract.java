package letopis.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.Forget;
import letopis.store.StreamInfo;
import letopis.store.TypeInfo;
import org.junit.jupiter.api.Test;

import static letopis.conformance.Events.event;
import static letopis.conformance.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every store tells of its streams and types. */
public interface ListingContract extends StoreContract {
    @Test
    default void streamThatNeverHadAnEventIsNotKnown(Trial trial) {
        trial.append("order-17", event());

        assertThat(trial.store().stream("order-1")).isEmpty();
        assertThat(trial.store().stream("order-")).isEmpty();
        assertThat(trial.store().stream("order")).isEmpty();
        assertThat(trial.store().stream("")).isEmpty();
    }

    @Test
    default void streamTellsItsLastEvent(Trial trial) {
        trial.append("order-17", events(2));
        trial.clock().step(Duration.ofSeconds(3));
        Appended last = trial.append("order-17", events(3));
        trial.clock().step(Duration.ofSeconds(3));
        trial.append("order-18", event());

        assertThat(trial.store().stream("order-17")).contains(new StreamInfo("order-17", StreamInfo.State.OPEN, 0, 4,
                last.position(), SteppedClock.START.plusSeconds(3), Forget.Retention.EVERYTHING));
        assertThat(trial.store().stream("order-17").orElseThrow().count()).isEqualTo(5);
    }

    @Test
    default void emptyStoreHasNoStreamsAndNoTypes(Trial trial) {
        assertThat(trial.store().streams("", "", 100)).isEmpty();
        assertThat(trial.store().types()).isEmpty();
        assertThat(trial.store().stream("order-17")).isEmpty();
    }

    @Test
    default void streamsComeInTheOrderOfTheirBytes(Trial trial) {
        List<String> names = List.of("b", "a-2", "a-10", "a", "A", "z", "é", "\uFFFD", "🚀", "\uD7FF", "\uE000", "a-1",
                "aa", "a!", "Z", "ä", "a-1-1", "а", "😀-1");
        names.forEach(name -> trial.append(name, event()));
        List<String> ordered = names.stream().sorted(byBytes()).toList();

        assertThat(names(trial, "", "", 100)).isEqualTo(ordered);
        for (int limit = 1; limit <= names.size() + 1; limit++) {
            List<String> pages = new ArrayList<>();
            List<String> page = names(trial, "", "", limit);
            while (true) {
                pages.addAll(page);
                if (page.size() < limit) {
                    break;
                }
                page = names(trial, "", page.getLast(), limit);
            }
            assertThat(pages).as("pages of %d", limit).isEqualTo(ordered);
        }
    }

    @Test
    default void streamsAreListedByWhatTheirNamesBeginWith(Trial trial) {
        for (String name : List.of("order-1", "order-2", "order", "orders-1", "Order-1", "a", "order-10", "zz")) {
            trial.append(name, event());
        }
        assertThat(names(trial, "order-", "", 10)).containsExactly("order-1", "order-10", "order-2");
        assertThat(names(trial, "order-", "order-1", 10)).containsExactly("order-10", "order-2");
        assertThat(names(trial, "order-", "order-1", 1)).containsExactly("order-10");
        assertThat(names(trial, "order", "", 10)).containsExactly("order", "order-1", "order-10", "order-2",
                "orders-1");
        assertThat(names(trial, "order-", "a", 10)).containsExactly("order-1", "order-10", "order-2");
        assertThat(names(trial, "order-", "order-11", 10)).containsExactly("order-2");
        assertThat(names(trial, "order-", "zz", 10)).isEmpty();
        assertThat(names(trial, "missing", "", 10)).isEmpty();
        assertThat(names(trial, "", "order-2", 10)).containsExactly("orders-1", "zz");
    }

    @Test
    default void listedStreamsTellWhatIsKnownOfEach(Trial trial) {
        for (int i = 0; i < 5; i++) {
            trial.append("order-" + i, events(i + 1));
        }
        assertThat(trial.store().streams("", "", 10)).hasSize(5)
                .allSatisfy(info -> assertThat(trial.store().stream(info.stream())).contains(info));
    }

    @Test
    default void pageOfNoStreamsIsRefused(Trial trial) {
        trial.append("order-17", event());

        assertThatThrownBy(() -> trial.store().streams("", "", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> trial.store().streams("", "", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void deletedAndTombstonedStreamsAreListed(Trial trial) {
        if (trial.lacks(Capability.FORGET, () -> trial.store().forget(Forget.delete("a-1")))) {
            return;
        }
        for (String name : List.of("a-1", "b-1", "c-1")) {
            trial.append(name, events(2));
        }
        trial.store().forget(Forget.delete("a-1"));
        trial.store().forget(Forget.tombstone("b-1"));

        assertThat(trial.store().streams("", "", 10)).extracting(StreamInfo::state)
                .containsExactly(StreamInfo.State.DELETED, StreamInfo.State.TOMBSTONED, StreamInfo.State.OPEN);
        assertThat(trial.store().streams("", "", 10)).extracting(StreamInfo::count).containsExactly(0L, 0L, 2L);
        assertThat(trial.store().streams("", "", 10)).extracting(StreamInfo::lastRevision).containsOnly(1L);
    }

    @Test
    default void typesTellHowManyAndWhereTheFirstAndTheNewestAre(Trial trial) {
        long first = trial.append("a-1", event("B")).position();
        trial.clock().step(Duration.ofSeconds(1));
        long a = trial.append("a-1", event("A")).position();
        trial.append("a-2", event("B"));
        trial.clock().step(Duration.ofSeconds(1));
        long last = trial.append("a-2", event("B")).position();

        assertThat(trial.store().types()).containsExactly(
                new TypeInfo("A", 1, a, SteppedClock.START.plusSeconds(1), a, SteppedClock.START.plusSeconds(1)),
                new TypeInfo("B", 3, first, SteppedClock.START, last, SteppedClock.START.plusSeconds(2)));
    }

    @Test
    default void typesComeInTheOrderOfTheirBytes(Trial trial) {
        List<String> names = List.of("b", "a", "é", "🚀", "\uFFFD", "A", "aa", "a1");
        names.forEach(name -> trial.append("x-1", event(name)));

        assertThat(trial.store().types()).extracting(TypeInfo::type)
                .isEqualTo(names.stream().sorted(byBytes()).toList());
    }

    private static List<String> names(Trial trial, String prefix, String after, int limit) {
        return trial.store().streams(prefix, after, limit).stream().map(StreamInfo::stream).toList();
    }

    private static Comparator<String> byBytes() {
        return (one, other) -> Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8),
                other.getBytes(StandardCharsets.UTF_8));
    }
}
