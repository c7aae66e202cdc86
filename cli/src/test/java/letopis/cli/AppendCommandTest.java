package letopis.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Appending from the command line: what is written, what is refused, and how that is said. */
class AppendCommandTest {
    @TempDir
    Path directory;

    private Cli.Result letopis(String... arguments) throws Exception {
        return Cli.run(directory, arguments);
    }

    private int events() throws Exception {
        return Files.exists(directory.resolve("data")) ? letopis("read", "--all").lines().size() : 0;
    }

    @Test
    void eventIsWrittenWithAllThatWasSaid() throws Exception {
        Cli.Result result = letopis("append", "order-1", "OrderCreated", "{\"n\": 1.0}", "--expect", "none", "--tag",
                "b", "--tag", "a",
                "--metadata", "{\"actor\":\"anna\"}", "--id", "0f14d0ab-9605-4a62-a9e4-5ed26688389b");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("{\"stream\":\"order-1\",\"revision\":0,\"position\":1}\n");
        assertThat(letopis("read", "order-1").out()).contains("\"id\":\"0f14d0ab-9605-4a62-a9e4-5ed26688389b\"")
                .contains("\"tags\":[\"a\",\"b\"]")
                .contains("\"metadata\":{\"actor\":\"anna\"}")
                .contains("\"data\":{\"n\": 1.0}");
    }

    @Test
    void failedConditionEndsWithThreeAndSaysWhatIsInTheWay() throws Exception {
        letopis("append", "order-1", "OrderCreated", "--metadata", "{\"actor\":\"anna\",\"command\":\"create\"}");

        Cli.Result none = letopis("append", "order-1", "OrderCreated", "--expect", "none");
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).contains("stream order-1 was expected not to exist and is at revision 0 (position 1)")
                .contains("by command create")
                .contains("by anna");

        assertThat(letopis("append", "order-1", "OrderShipped", "--expect", "7").err())
                .contains("expected at revision 7 and is at 0");
        assertThat(letopis("append", "order-2", "OrderShipped", "--expect", "exists").code()).isEqualTo(3);
        assertThat(letopis("append", "order-1", "OrderShipped", "--expect", "0").code()).isZero();
        assertThat(letopis("append", "order-1", "OrderPaid", "--expect", "exists").code()).isZero();
        assertThat(events()).isEqualTo(3);
    }

    @Test
    void queryConditionSeesOnlyWhatCameAfter() throws Exception {
        letopis("append", "course-1", "Enrolled", "--tag", "course:c1", "--tag", "student:s1");

        Cli.Result refused = letopis("append", "course-1", "Enrolled", "--fail-if-match",
                "type=Enrolled,tag=course:c1,tag=student:s1");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("Enrolled in stream course-1 at revision 0 does (position 1)");

        assertThat(letopis("append", "course-1", "Enrolled", "--fail-if-match", "tag=course:c1", "--after", "1").code())
                .isZero();
        assertThat(letopis("append", "course-1", "Enrolled", "--fail-if-match", "tag=course:c2", "--fail-if-match",
                "type=Enrolled").code())
                .isEqualTo(3);
        Cli.Result wrong = letopis("append", "course-1", "Enrolled", "--fail-if-match", "tga=course:c1");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("did you mean tag?");
        assertThat(letopis("append", "course-1", "Enrolled", "--after", "1").code()).isEqualTo(2);
        assertThat(events()).isEqualTo(2);
    }

    @Test
    void sameIdSentAgainIsWrittenOnce() throws Exception {
        String[] command = {"append", "order-1", "OrderCreated", "--expect", "none", "--id",
                "0f14d0ab-9605-4a62-a9e4-5ed26688389b"};

        assertThat(letopis(command).out()).isEqualTo(letopis(command).out());

        command[1] = "order-2";
        Cli.Result elsewhere = letopis(command);
        assertThat(elsewhere.code()).isEqualTo(1);
        assertThat(elsewhere.err()).contains("0f14d0ab-9605-4a62-a9e4-5ed26688389b").contains("position 1");
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void dataComesFromAFileOrTheStandardInput() throws Exception {
        Files.writeString(directory.resolve("data.json"), "{\"from\":\"file\"}\n");
        assertThat(letopis("append", "order-1", "A", "@data.json").code()).isZero();
        assertThat(Cli
                .runWith("{\"from\":\"input\"}\n", "append", "order-1", "B", "-", "--data",
                        directory.resolve("data").toString())
                .code()).isZero();

        assertThat(letopis("export").lines()).satisfiesExactly(
                one -> assertThat(one).endsWith("\"data\":{\"from\":\"file\"}}"),
                two -> assertThat(two).endsWith("\"data\":{\"from\":\"input\"}}"));
        Cli.Result missing = letopis("append", "order-1", "C", "@nothing.json");
        assertThat(missing.code()).isEqualTo(4);
        assertThat(missing.err()).contains("nothing.json");
    }

    @Test
    void badInputIsRefusedAndNothingIsWritten() throws Exception {
        refused(2, "the stream name \"\" is empty", "append", "", "A");
        refused(2, "control character", "append", "a\tb", "A");
        refused(2, "control character", "append", "order-1", "A\u0007");
        refused(2, "the event type name \"\" is empty", "append", "order-1", "");
        refused(2, "the tag name", "append", "order-1", "A", "--tag", "x\ny");
        refused(2, "is 501, and the store allows 500 (maxStreamNameBytes)", "append", "x".repeat(501), "A");
        refused(2, "is not valid JSON", "append", "order-1", "A", "{\"a\":}");
        refused(2, "goes on after its value", "append", "order-1", "A", "{} {}");
        refused(2, "the metadata is not valid JSON", "append", "order-1", "A", "{}", "--metadata", "actor");
        refused(2, "--expect", "append", "order-1", "A", "--expect", "-1");
        refused(2, "--id", "append", "order-1", "A", "--id", "12");
        Files.writeString(directory.resolve("large.txt"), "x".repeat((1 << 20) + 1));
        refused(2, "1048576", "append", "order-1", "A", "@large.txt", "--content-type", "text/plain");

        assertThat(directory.resolve("data")).doesNotExist();
    }

    private void refused(int code, String what, String... arguments) throws Exception {
        Cli.Result result = letopis(arguments);
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err()).startsWith("letopis: ").contains(what).doesNotContain("Exception");
        assertThat(result.out()).isEmpty();
    }
}
