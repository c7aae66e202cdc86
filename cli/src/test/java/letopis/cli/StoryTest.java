package letopis.cli;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The demo, from the first command to the look back. */
class StoryTest {
    @TempDir
    Path directory;

    @Test
    void demoTellsCommandsEventsTheRefusalTheRestartAndThePast() throws Exception {
        Cli.Result result = Cli.run(directory, "demo");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).containsSubsequence("create order-1", "OrderCreated is order-1@0, position 1",
                "create order-2",
                "OrderCreated is order-2@0, position 2", "ship order-1", "OrderShipped is order-1@1, position 3",
                "ship order-1",
                "no event was written", "cancel order-2", "OrderCancelled is order-2@1, position 4", "ship order-2",
                "refused: a cancelled order cannot be shipped; nothing was written", "closed, and opened again",
                "order-1 rebuilt from 2 events: Order[customer=c-456, shipped=true, cancelled=false]",
                "order-2 rebuilt from 2 events: Order[customer=c-456, shipped=false, cancelled=true]", "rev:0",
                "customer: \"\" -> c-456",
                "rev:1", "cancelled: false -> true", "Try next", "letopis read order-2 --data ./letopis-demo");
        Cli.Result there = Cli.run(directory, "read", "order-2", "--as-of", "rev:0", "--data", "letopis-demo");
        assertThat(there.lines()).hasSize(1)
                .first()
                .asString()
                .contains("\"type\":\"OrderCreated\"")
                .contains("\"customer\":\"c-456\"");
    }

    @Test
    void demoRunsAgainWithNewOrders() throws Exception {
        assertThat(Cli.run(directory, "demo").code()).isZero();

        Cli.Result again = Cli.run(directory, "demo");

        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("OrderCreated is order-3@0, position 5").contains("order-4 rebuilt");
        assertThat(Cli.run(directory, "demo", "--data", "other").out())
                .contains("OrderCreated is order-1@0, position 1");
    }

    @Test
    void demoRunsAgainWhateverWasAppendedMeanwhile() throws Exception {
        assertThat(Cli.run(directory, "demo").code()).isZero();
        assertThat(Cli.run(directory, "append", "order-1", "Late", "--data", "letopis-demo").code()).isZero();

        Cli.Result again = Cli.run(directory, "demo");

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("OrderCreated is order-3@0, position 6");
    }

    @Test
    void demoNeverTouchesSomebodyElsesStore() throws Exception {
        assertThat(Cli.run(directory, "append", "account-1", "Opened", "--data", "mine").code()).isZero();

        Cli.Result result = Cli.run(directory, "demo", "--data", "mine");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("mine").contains("--data");
        assertThat(Cli.run(directory, "read", "--all", "--data", "mine").lines()).hasSize(1);
    }
}
