package letopis.cli.importing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import letopis.cli.line.EventLine;
import letopis.cli.line.LineParser;
import letopis.engine.EmbeddedEventStore;
import letopis.store.EventStore;
import letopis.store.Limits;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.StoreFullException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Many lines under way, and still none is written unless the line before it is. */
class AppendPipelineTest {
    private static final int LINES = 3 * AppendPipeline.MAX_WINDOW;

    @TempDir
    Path directory;

    private final LineParser parser = new LineParser(Limits.DEFAULT, false);

    private List<EventLine> lines(int count, int streams) throws Exception {
        Random random = new Random(count);
        List<EventLine> lines = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            lines.add(parser.parse(i,
                    ("{\"stream\":\"s-" + random.nextInt(streams) + "\",\"type\":\"T\",\"data\":" + i + "}")
                            .getBytes(StandardCharsets.UTF_8)));
        }
        return lines;
    }

    private static List<String> data(EventStore store) {
        try (Reading reading = store.read(Read.all())) {
            return reading.toList().stream().map(event -> event.data().toUtf8()).toList();
        }
    }

    private static List<String> data(List<EventLine> lines) {
        return lines.stream().map(line -> line.event().data().toUtf8()).toList();
    }

    @Test
    void linesAreWrittenInTheirOrderAndAnsweredInIt() throws Exception {
        List<EventLine> lines = lines(LINES, 100);
        List<Long> positions = new ArrayList<>();
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            AppendPipeline pipeline = new AppendPipeline(store, false, answer -> positions.add(answer.position()));
            for (EventLine line : lines) {
                pipeline.add(line);
                pipeline.send();
            }
            pipeline.drain();

            assertThat(data(store)).isEqualTo(data(lines));
            assertThat(positions).hasSize(LINES).isSorted();
        }
    }

    @Test
    void nothingBehindARefusedLineIsWrittenAlthoughItIsUnderWay() throws Exception {
        List<EventLine> lines = lines(LINES, 50);
        String unlucky = "11111";
        AtomicBoolean full = new AtomicBoolean(true);
        try (EmbeddedEventStore real = EmbeddedEventStore.open(directory)) {
            RefusingStore store = new RefusingStore(real,
                    append -> full.get() && append.entries().getFirst().event().data().toUtf8().equals(unlucky));
            AppendPipeline pipeline = new AppendPipeline(store, false, _ -> {});

            assertThatThrownBy(() -> {
                for (EventLine line : lines) {
                    pipeline.add(line);
                    pipeline.send();
                }
                pipeline.drain();
            }).isInstanceOfSatisfying(RefusedLineException.class, refused -> {
                assertThat(refused.line().number()).isEqualTo(11_111);
                assertThat(refused.why()).isInstanceOf(StoreFullException.class);
            });

            assertThat(store.submitted.get()).as("lines were under way behind it").isGreaterThan(11_111);
            assertThat(data(real)).isEqualTo(data(lines.subList(0, 11_110)));

            full.set(false);
            AppendPipeline again = new AppendPipeline(store, false, _ -> {});
            for (EventLine line : lines) {
                again.add(line);
                again.send();
            }
            again.drain();
            assertThat(data(real)).isEqualTo(data(lines));
        }
    }

    @Test
    void goesOnBehindARefusedLineThatIsLeftOut() throws Exception {
        List<EventLine> lines = lines(1_000, 5);
        try (EmbeddedEventStore real = EmbeddedEventStore.open(directory)) {
            RefusingStore store = new RefusingStore(real,
                    append -> append.entries().getFirst().event().data().toUtf8().endsWith("7"));
            AppendPipeline pipeline = new AppendPipeline(store, false, _ -> {});
            lines.forEach(pipeline::add);
            int refused = 0;
            boolean done = false;
            while (!done) {
                try {
                    pipeline.drain();
                    done = true;
                } catch (RefusedLineException e) {
                    refused++;
                }
            }

            assertThat(refused).isEqualTo(100);
            assertThat(data(real)).isEqualTo(data(lines).stream().filter(it -> !it.endsWith("7")).toList());
        }
    }

    @Test
    void newLinesAmongOldOnesAreWrittenOnceAndInOrder() throws Exception {
        List<EventLine> lines = lines(3_000, 7);
        Random random = new Random(17);
        List<EventLine> old = lines.stream().filter(_ -> random.nextInt(3) == 0).toList();
        List<EventLine> fresh = lines.stream().filter(line -> !old.contains(line)).toList();
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            AppendPipeline first = new AppendPipeline(store, false, _ -> {});
            old.forEach(first::add);
            first.drain();
            long head = store.head();
            List<Long> added = new ArrayList<>();
            AppendPipeline pipeline = new AppendPipeline(store, false, answer -> {
                if (answer.position() > head) {
                    added.add(answer.line().number());
                }
            });
            lines.forEach(pipeline::add);

            pipeline.drain();

            assertThat(added).isEqualTo(fresh.stream().map(EventLine::number).toList());
            assertThat(data(store))
                    .isEqualTo(java.util.stream.Stream.concat(data(old).stream(), data(fresh).stream()).toList());
        }
    }

    @Test
    void largeLinesUnderWayAreBoundedByTheirBytes() throws Exception {
        int lineBytes = 1 << 20;
        int lines = 80;
        int most = (int) (AppendPipeline.MAX_WINDOW_BYTES / lineBytes) + 1;
        try (EmbeddedEventStore real = EmbeddedEventStore.open(directory)) {
            RefusingStore store = new RefusingStore(real, _ -> false);
            AtomicLong answered = new AtomicLong();
            AppendPipeline pipeline = new AppendPipeline(store, false,
                    _ -> assertThat(store.submitted.get() - answered.getAndIncrement()).isLessThanOrEqualTo(most));
            for (int i = 1; i <= lines; i++) {
                pipeline.add(parser.parse(i,
                        ("{\"stream\":\"s\",\"type\":\"T\",\"data\":\"" + "x".repeat(lineBytes - 100) + "\"}")
                                .getBytes(StandardCharsets.UTF_8)));
                pipeline.send();
                assertThat(store.submitted.get() - answered.get()).isLessThanOrEqualTo(most);
            }
            pipeline.drain();

            assertThat(answered.get()).isEqualTo(lines);
        }
    }
}
