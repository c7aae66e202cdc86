package letopis.cli;

import java.io.RandomAccessFile;
import java.nio.file.Path;

import letopis.engine.EmbeddedEventStore;
import letopis.store.Append;
import letopis.store.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A store is backed up while it is in use, restored, damaged and repaired, as somebody would do it at a terminal. */
class BackupCommandTest {
    @TempDir
    Path directory;

    private static void append(EmbeddedEventStore store, int from, int to) {
        for (int i = from; i < to; i++) {
            store.append(Append.to("a-" + i % 7).of(Event.of("Counted", "{\"number\":" + i + "}")));
        }
    }

    @Test
    void backUpAndRestore() throws Exception {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory.resolve("data"))) {
            append(store, 0, 30);
            Cli.Result first = Cli.run(directory, "backup", "copy", "--verify", "--json");
            assertThat(first.code()).as(first.err()).isZero();
            assertThat(first.out()).contains("\"head\":30").contains("\"sound\":\"true\"");
            append(store, 30, 40);
            assertThat(Cli.run(directory, "backup", "copy").code()).isZero();
        }
        assertThat(Cli.run(directory, "restore", "copy", "--data", "new", "--to", "35").code()).isZero();
        Cli.Result all = Cli.run(directory, "read", "--all", "--data", "data");
        Cli.Result restored = Cli.run(directory, "read", "--all", "--data", "new");
        assertThat(restored.lines()).hasSize(35).isEqualTo(all.lines().subList(0, 35));
        assertThat(Cli.run(directory, "restore", "copy", "--data", "new").err()).contains("not empty");
        assertThat(Cli.run(directory, "restore", "nowhere", "--data", "new").code()).isEqualTo(4);
        assertThat(Cli.run(directory, "backup", "new").err()).contains("is no backup");
        assertThat(Cli.run(directory, "restore", "copy", "--data", "third", "--to", "41").err()).contains("40");
    }

    @Test
    void damagedStoreIsRepairedOnlyWhenItIsAskedFor() throws Exception {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory.resolve("data"))) {
            append(store, 0, 30);
        }
        try (RandomAccessFile file = new RandomAccessFile(directory.resolve("data/00000001.segment").toFile(), "rw")) {
            file.seek(512 + 20 * 512 + 100);
            file.write(0xee);
        }
        assertThat(Cli.run(directory, "read", "--all").code()).isEqualTo(5);
        Cli.Result plan = Cli.run(directory, "repair", "--json");
        assertThat(plan.code()).isEqualTo(5);
        assertThat(plan.lines()).hasSize(10);
        assertThat(plan.out()).contains("\"givenUp\":22").contains("\"head\":20").contains("\"lastKnown\":30");
        assertThat(plan.err()).isEmpty();
        assertThat(Cli.run(directory, "read", "--all").code()).isEqualTo(5);
        Cli.Result done = Cli.run(directory, "repair", "--yes");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(Cli.run(directory, "read", "--all").lines()).hasSize(20);
        assertThat(Cli.run(directory, "verify").code()).isZero();
        assertThat(Cli.run(directory, "repair").code()).isZero();
    }
}
