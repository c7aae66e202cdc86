package letopis.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Reading, listing and counting from the command line. */
class ReadCommandTest {
    @TempDir
    static Path directory;

    @BeforeAll
    static void fill() throws Exception {
        Path file = Files.writeString(directory.resolve("orders.jsonl"),
                """
                        {"stream":"order-1","type":"OrderCreated","time":"2026-01-01T00:00:00Z","tags":["vip"],"data":{"n":1}}
                        {"stream":"order-2","type":"OrderCreated","time":"2026-01-02T00:00:00Z","data":{"n":2}}
                        {"stream":"order-1","type":"OrderPaid","time":"2026-01-03T00:00:00Z","tags":["vip","paid"],"data":{"n":3}}
                        {"stream":"order-1","type":"OrderShipped","time":"2026-01-04T00:00:00Z","data":{"n":4}}
                        {"stream":"parcel-1","type":"ParcelSent","time":"2026-01-05T00:00:00Z","data":{"n":5}}
                        """);
        assertThat(Cli.run(directory, "import", file.toString()).code()).isZero();
    }

    private static List<String> numbers(String... arguments) throws Exception {
        Cli.Result result = Cli.run(directory, arguments);
        assertThat(result.code()).as(result.err()).isZero();
        return result.lines().stream().map(line -> line.replaceAll(".*\"n\":(\\d+).*", "$1")).toList();
    }

    @Test
    void eventsAreChosenByStreamCategoryTypeAndTags() throws Exception {
        assertThat(numbers("read", "order-1")).containsExactly("1", "3", "4");
        assertThat(numbers("read", "--category", "order")).containsExactly("1", "2", "3", "4");
        assertThat(numbers("read", "--type", "OrderCreated", "--type", "ParcelSent")).containsExactly("1", "2", "5");
        assertThat(numbers("read", "--tag", "vip")).containsExactly("1", "3");
        assertThat(numbers("read", "--tag", "vip", "--tag", "paid")).containsExactly("3");
        assertThat(numbers("read", "order-1", "--type", "OrderPaid")).containsExactly("3");
        assertThat(numbers("read", "--all", "--backwards", "--limit", "2")).containsExactly("5", "4");
    }

    @Test
    void asOfMeansTheSameAsRevisionPositionAndTime() throws Exception {
        for (String point : new String[]{"rev:1", "pos:3", "2026-01-03T00:00:00Z", "2026-01-03T01:00:00+01:00",
                "2026-01-03"}) {
            assertThat(numbers("read", "order-1", "--as-of", point)).as(point).containsExactly("1", "3");
            assertThat(numbers("read", "order-1", "--as-of", point, "--backwards")).as(point).containsExactly("3", "1");
            assertThat(numbers("export", "order-1", "--as-of", point)).as(point).containsExactly("1", "3");
        }
        assertThat(numbers("read", "--all", "--from", "pos:2", "--as-of", "2026-01-04")).containsExactly("2", "3", "4");
    }

    @Test
    void whatIsShownHasPositionRevisionAndTheDataAsItStands() throws Exception {
        Cli.Result result = Cli.run(directory, "read", "order-1", "--from", "rev:1", "--limit", "1");

        assertThat(result.out()).matches(
                "\\{\"position\":3,\"stream\":\"order-1\",\"revision\":1,\"type\":\"OrderPaid\",\"id\":\"[-0-9a-f]{36}\","
                        + "\"time\":\"2026-01-03T00:00:00Z\",\"tags\":\\[\"paid\",\"vip\"],\"data\":\\{\"n\":3}}\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void tableHasHeadings() throws Exception {
        assertThat(Cli.run(directory, "read", "order-2", "--table").lines()).satisfiesExactly(
                heading -> assertThat(heading.split(" +")).containsExactly("POSITION", "STREAM", "REVISION", "TIME",
                        "TYPE", "DATA"),
                row -> assertThat(row).contains("2  order-2         0  2026-01-02T00:00:00Z  OrderCreated  {\"n\":2}"));
    }

    @Test
    void namesThatAreNotThereAreNotFoundAndSuggested() throws Exception {
        notFound("did you mean order-1", "read", "ordre-1");
        notFound("did you mean order-2", "read", "order-22");
        notFound("did you mean parcel?", "read", "--category", "parcle");
        notFound("did you mean OrderPaid?", "read", "--type", "OrderPayed");
    }

    private static void notFound(String suggestion, String... arguments) throws Exception {
        Cli.Result result = Cli.run(directory, arguments);
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(suggestion);
    }

    @Test
    void nothingThatMatchesIsSaidOnTheStandardErrorAlone() throws Exception {
        Cli.Result result = Cli.run(directory, "read", "--tag", "nobody");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("no event matches").contains("head is at position 5");
    }

    @Test
    void questionsWithoutAMeaningAreWrongUsage() throws Exception {
        for (List<String> arguments : List.of(List.of("read"), List.of("read", "order-1", "--all"),
                List.of("read", "--all", "--as-of", "rev:1"),
                List.of("read", "--all", "--as-of", "tomorrow"), List.of("read", "--all", "--limit", "0"),
                List.of("read", "order-1", "--category", "order"), List.of("read", "order-1", "--json", "--table"))) {
            Cli.Result result = Cli.run(directory, arguments.toArray(String[]::new));
            assertThat(result.code()).as(arguments + result.err()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void streamsAndTypesAreListedWithTheirFigures() throws Exception {
        assertThat(Cli.run(directory, "streams").lines()).first()
                .isEqualTo("{\"stream\":\"order-1\",\"state\":\"open\",\"events\":3,"
                        + "\"firstRevision\":0,\"lastRevision\":2,\"lastPosition\":4,\"lastTime\":\"2026-01-04T00:00:00Z\"}");
        assertThat(Cli.run(directory, "streams", "--category", "parcel").lines()).hasSize(1);
        assertThat(Cli.run(directory, "streams", "order", "--limit", "1").lines()).hasSize(1);
        assertThat(Cli.run(directory, "types").lines()).hasSize(4)
                .first()
                .isEqualTo("{\"type\":\"OrderCreated\",\"events\":2,\"firstPosition\":1,"
                        + "\"firstTime\":\"2026-01-01T00:00:00Z\",\"lastPosition\":2,\"lastTime\":\"2026-01-02T00:00:00Z\"}");
        assertThat(Cli.run(directory, "stats").out()).contains("\"events\":5,\"streams\":3,\"head\":5")
                .contains("\"openedInMillis\":");
    }

    @Test
    void soundStoreIsVerifiedAndInGoodHealth() throws Exception {
        Cli.Result verified = Cli.run(directory, "verify");
        assertThat(verified.code()).isZero();
        assertThat(verified.out()).contains("\"sound\":true,\"faults\":0,\"events\":5,\"streams\":3");

        Cli.Result doctor = Cli.run(directory, "doctor");
        assertThat(doctor.code()).as(doctor.out()).isZero();
        assertThat(doctor.out()).contains("\"check\":\"store\",\"state\":\"good\"")
                .contains("\"check\":\"java\"")
                .contains("letopis verify");
    }

    @Test
    void brokenPipeEndsQuietly() throws Exception {
        Path large = directory.resolve("large");
        try (var out = Files.newBufferedWriter(directory.resolve("large.jsonl"))) {
            for (int i = 0; i < 20_000; i++) {
                out.write("{\"stream\":\"a-" + i % 10 + "\",\"type\":\"T\",\"data\":{\"text\":\"" + "x".repeat(100)
                        + "\"}}\n");
            }
        }
        assertThat(Cli.run(directory, "import", "large.jsonl", "--data", large.toString()).code()).isZero();
        for (String command : new String[]{"read --all", "read --all --table", "export", "tail --last 20000"}) {
            Path err = directory.resolve("err");
            String letopis = String.join(" ", Cli.command(System.getProperty("java.class.path"), command.split(" ")));
            Process shell = new ProcessBuilder("bash", "-c",
                    "( " + letopis + " --data " + large + "; echo code $? >&3 ) 3>" + directory.resolve("code")
                            + " | head -1")
                    .redirectError(err.toFile())
                    .start();

            assertThat(
                    new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines())
                    .hasSize(1);

            assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(directory.resolve("code"))).as(command).isEqualTo("code 0\n");
            assertThat(Files.readString(err)).as(command).isEmpty();
        }
    }
}
