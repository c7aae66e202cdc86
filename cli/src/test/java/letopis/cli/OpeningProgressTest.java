package letopis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import letopis.engine.EmbeddedEventStore;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A store whose index is gone opens all the same, and whoever waits for it at a terminal sees how far it is. */
class OpeningProgressTest {
    private static final int APPENDS = 2_000;
    private static final int EVENTS = 100;
    /** Nothing is shown of what takes no time, and a quick machine takes a quarter of a second. */
    private static final String SLOW = "-Xint";
    private static final String SHOWN = "indexing the events of";

    @TempDir
    Path directory;

    @Test
    void openingThatMakesTheIndexAnewIsSeen() throws Exception {
        Path store = directory.resolve("data");
        fill(store);
        assertThat(read(store, "err", SLOW).err()).doesNotContain(SHOWN);

        deleteIndex(store);
        Cli.Result anew = read(store, "err", SLOW);

        assertThat(anew.code()).as(anew.err()).isZero();
        assertThat(anew.lines()).hasSize(1);
        assertThat(anew.err()).contains(SHOWN).contains(" %").contains("of 200,000");
    }

    /** Lines of ten seconds are for logs; an opening that is quicker says nothing there. */
    @Test
    void logHasNoBars() throws Exception {
        Path store = directory.resolve("data");
        fill(store);
        deleteIndex(store);

        assertThat(read(store, "", "").err()).doesNotContain(SHOWN);
    }

    private static void fill(Path store) {
        try (EmbeddedEventStore writer = EmbeddedEventStore.open(store)) {
            List<CompletableFuture<Appended>> all = new ArrayList<>();
            for (int i = 0; i < APPENDS; i++) {
                List<Event> events = new ArrayList<>();
                for (int j = 0; j < EVENTS; j++) {
                    events.add(Event.of("Counted", "{}"));
                }
                all.add(writer.submit(Append.to("a-" + i).of(events)));
            }
            all.forEach(CompletableFuture::join);
        }
    }

    private Cli.Result read(Path store, String terminals, String javaOptions) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("env", "LETOPIS_TTY=" + terminals, "JDK_JAVA_OPTIONS=" + javaOptions));
        command.addAll(Cli.command(System.getProperty("java.class.path"), "read", "a-7", "--limit", "1", "--data",
                store.toString()));
        return Cli.start(directory, command).result();
    }

    private static void deleteIndex(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store.resolve("index"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
