package letopis.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** From a key to a proof, on the command line. */
class SealCommandsTest {
    @TempDir
    Path directory;

    @BeforeEach
    void makesAStoreAndAKey() throws Exception {
        run(0, "keygen", "audit");
        append("first");
        append("second");
    }

    @Test
    void aProofMadeHereIsCheckedElsewhere() throws Exception {
        assertThat(run(1, "root").err()).contains("nothing in ./data is sealed").contains("letopis seal");
        assertThat(run(1, "prove", "1").err()).contains("letopis seal");

        assertThat(run(0, "seal", "--key", "audit.private.pem", "--table").out()).contains("sealed  2 events");
        run(0, "root", "--save", "saved.root");
        append("third");
        assertThat(run(1, "prove", "3").err()).contains("position 3 is not sealed yet");
        assertThat(run(0, "seal", "--key", "audit.private.pem", "--json").out()).contains("\"size\":3");
        run(0, "prove", "2", "--out", "second.proof");
        run(0, "prove", "--consistency", "saved.root", "--out", "since.proof");

        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        for (String file : new String[]{"second.proof", "since.proof", "audit.public.pem"}) {
            Files.copy(directory.resolve(file), elsewhere.resolve(file));
        }
        Cli.Result event = Cli.run(elsewhere, "verify", "--proof", "second.proof", "--public-key", "audit.public.pem",
                "--json");
        assertThat(event.code()).as(event.err()).isZero();
        assertThat(event.out()).contains("\"proved\":true").contains("\"data\":{\"n\":\"second\"}");
        assertThat(Cli.run(elsewhere, "verify", "--proof", "since.proof", "--public-key", "audit.public.pem").code())
                .isZero();
    }

    @Test
    void verifyComparesWithTheSealsAndWithASavedRoot() throws Exception {
        assertThat(run(5, "verify", "--public-key", "audit.public.pem", "--json").out()).contains("\"sound\":true")
                .contains("no seal of this key")
                .contains("\"asSealed\":false");
        run(0, "seal", "--key", "audit.private.pem");
        Path older = directory.resolve("older");
        copy(directory.resolve("data"), older);
        append("third");
        run(0, "seal", "--key", "audit.private.pem");
        run(0, "root", "--save", "saved.root");

        assertThat(run(0, "verify", "--public-key", "audit.public.pem", "--root", "saved.root", "--table").out())
                .contains("as sealed  3 events under 2 seals");
        assertThat(run(0, "verify", "--public-key", "audit.public.pem", "--data", "older", "--json").out())
                .contains("\"asSealed\":true");
        Cli.Result cut = run(5, "verify", "--public-key", "audit.public.pem", "--root", "saved.root", "--data", "older",
                "--table");
        assertThat(cut.out()).contains("tampered  position 3").contains("older copy");
        assertThat(run(5, "prove", "--consistency", "saved.root", "--data", "older").err()).contains("older copy");
        assertThat(run(2, "verify", "--root", "saved.root").err()).contains("--public-key");
    }

    @Test
    void aPositionOrARootIsNeededAndNotBoth() throws Exception {
        assertThat(run(2, "prove").err()).contains("--consistency");
        assertThat(run(2, "prove", "1", "--consistency", "saved.root").err()).contains("--consistency");
        assertThat(run(2, "prove", "0").err()).contains("begin at 1");
        assertThat(run(4, "prove", "--consistency", "missing.root").err()).contains("missing.root");
        assertThat(run(4, "seal", "--key", "missing.pem").err()).contains("missing.pem");
        assertThat(run(2, "seal", "--key", "audit.public.pem").err()).contains("PRIVATE KEY");
    }

    private void append(String name) throws Exception {
        run(0, "append", "order-1", "OrderCreated", "{\"n\":\"" + name + "\"}");
    }

    private Cli.Result run(int code, String... arguments) throws Exception {
        Cli.Result result = Cli.run(directory, arguments);
        assertThat(result.code()).as("%s%s", result.out(), result.err()).isEqualTo(code);
        return result;
    }

    private static void copy(Path from, Path to) throws Exception {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
