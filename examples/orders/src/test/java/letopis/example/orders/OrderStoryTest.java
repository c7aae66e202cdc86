package letopis.example.orders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import letopis.Letopis;
import letopis.memory.MemoryEventStore;
import letopis.model.projection.CheckpointStore;
import letopis.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class OrderStoryTest {
    static final List<String> STORY = List.of(
            "create 123: Order[customer=c-456, shipped=false, cancelled=false]",
            "create 124: Order[customer=c-456, shipped=false, cancelled=false]",
            "open orders of c-456: [123, 124]",
            "ship 123: Order[customer=c-456, shipped=true, cancelled=false]",
            "ship 123: nothing changed",
            "cancel 123: refused, a shipped order cannot be cancelled",
            "cancel 124: Order[customer=c-456, shipped=false, cancelled=true]",
            "cancel 124: nothing changed",
            "ship 124: refused, a cancelled order cannot be shipped",
            "open orders of c-456: []",
            "-- closed, and opened again --",
            "123 is Order[customer=c-456, shipped=true, cancelled=false]",
            "123 was Order[customer=c-456, shipped=false, cancelled=false] at revision 0",
            "124 at revision 0: OrderCreated by anna changed [customer: \"\" -> c-456]",
            "124 at revision 1: OrderCancelled by anna changed [cancelled: false -> true]",
            "the read model went on from position 4, and is {}");

    @Test
    void isToldOverAStoreInMemory() throws InterruptedException {
        List<String> told = new ArrayList<>();
        MemoryEventStore store = MemoryEventStore.open();
        CheckpointStore checkpoints = CheckpointStore.inMemory();

        new OrderStory(TestClock.at("2026-01-31T12:00:00Z"), told::add).tell(() -> Letopis.over(store, checkpoints));

        assertThat(told).containsExactlyElementsOf(STORY);
    }

    @Test
    void isToldOverTheEmbeddedStoreAcrossARestart(@TempDir Path directory) throws InterruptedException {
        List<String> told = new ArrayList<>();

        new OrderStory(TestClock.at("2026-01-31T12:00:00Z"), told::add).tell(() -> Letopis.open(directory));

        assertThat(told).containsExactlyElementsOf(STORY);
    }
}
