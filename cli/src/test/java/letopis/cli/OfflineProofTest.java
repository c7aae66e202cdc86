package letopis.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;

import letopis.proof.ConsistencyProof;
import letopis.proof.Frontier;
import letopis.proof.Hash;
import letopis.proof.HashTree;
import letopis.proof.InclusionProof;
import letopis.proof.Octets;
import letopis.proof.SealedRoot;
import letopis.proof.SigningKey;
import letopis.proof.TreeHasher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A proof is checked where there is no store: with the file, the public key and nothing else. */
class OfflineProofTest {
    private static final UUID STORE = UUID.randomUUID();
    private static final TreeHasher HASHER = new TreeHasher();
    private static final List<Hash> LEAVES = List.of(leaf("one"), leaf("two"), leaf("three"));
    private static final HashTree TREE = new HashTree(HASHER,
            (level, index) -> level == 0 ? LEAVES.get((int) index) : HASHER.node(LEAVES.get(0), LEAVES.get(1)));

    @TempDir
    Path directory;

    private Path proof;
    private String publicKey = "";
    private SigningKey key = SigningKey.generate();

    @BeforeEach
    void makesAKey() throws Exception {
        Cli.Result made = Cli.run(directory, "keygen", "audit");
        assertThat(made.code()).as(made.err()).isZero();
        key = SigningKey.ofPem(Files.readString(directory.resolve("audit.private.pem")));
        assertThat(made.out()).contains("audit.private.pem", "audit.public.pem", key.verifyingKey().id().toString());
        publicKey = directory.resolve("audit.public.pem").toString();
        proof = directory.resolve("it.proof");
    }

    @Test
    void aKeyIsForItsOwnerAloneAndNeverReplaced() throws Exception {
        Path secret = directory.resolve("audit.private.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret))).isEqualTo("rw-------");
        assertThat(Files.readString(Path.of(publicKey))).isEqualTo(key.verifyingKey().pem());
        String before = Files.readString(secret);

        assertThat(Cli.run(directory, "keygen", "audit").code()).isEqualTo(1);
        Files.delete(Path.of(publicKey));
        assertThat(Cli.run(directory, "keygen", "audit").code()).isEqualTo(1);

        assertThat(Files.readString(secret)).isEqualTo(before);
    }

    @Test
    void aProofIsCheckedAndSaysWhatItProves() throws Exception {
        write(new ConsistencyProof(root(2), TREE.consistency(2, 3), root(3)).text());

        Cli.Result json = verify("--json");
        Cli.Result table = verify("--table");

        assertThat(json.code()).as(json.err()).isZero();
        assertThat(json.out()).contains("\"proved\":true", "\"oldSize\":2", "\"size\":3", "\"store\":\"" + STORE);
        assertThat(table.code()).isZero();
        assertThat(table.out()).contains("proved", "2 events", "with 3 events");
    }

    @Test
    void aProofOfAnErasedEventIsCheckedToo() throws Exception {
        write(InclusionProof.ofErased(2, LEAVES.get(1), TREE.inclusion(1, 3), root(3)).text());

        assertThat(verify("--json").out()).contains("\"position\":2", "\"erased\":true");
        assertThat(verify("--table").out()).contains("erased since, was at position 2", LEAVES.get(1).toString());
    }

    @Test
    void whatWasTamperedWithEndsWithFive() throws Exception {
        String good = new ConsistencyProof(root(2), TREE.consistency(2, 3), root(3)).text();
        for (String bad : List.of(good.replaceFirst("size 3", "size 4"),
                good.replace("\"version\": 1", "\"version\": 2"),
                good.substring(0, 300), "", "no proof at all")) {
            write(bad);

            Cli.Result result = verify("--json");

            assertThat(result.code()).as("%s", bad).isEqualTo(5);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("it.proof");
        }
    }

    @Test
    void whatIsProvedMustBeAnEventOfItsPosition() throws Exception {
        write(InclusionProof.of(2, Octets.of("two".getBytes(StandardCharsets.UTF_8)), TREE.inclusion(1, 3), root(3))
                .text());

        Cli.Result result = verify("--json");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("no event");
    }

    @Test
    void withAnotherKeyNothingIsProved() throws Exception {
        write(new ConsistencyProof(root(2), TREE.consistency(2, 3), root(3)).text());
        Files.writeString(Path.of(publicKey), SigningKey.generate().verifyingKey().pem());

        Cli.Result result = verify("--json");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("signed with another key");
    }

    @Test
    void aKeyAndAFileAreNeeded() throws Exception {
        Cli.Result keyless = Cli.run("verify", "--proof", proof.toString());
        assertThat(keyless.code()).isEqualTo(2);
        assertThat(keyless.err()).contains("--public-key");
        assertThat(verify("--json").code()).isEqualTo(4);
        write("");
        Files.writeString(Path.of(publicKey), "no key");
        assertThat(verify("--json").code()).isEqualTo(2);
    }

    private Cli.Result verify(String form) throws Exception {
        return Cli.run(directory, "verify", form, "--proof", proof.toString(), "--public-key", publicKey);
    }

    private void write(String text) throws Exception {
        Files.writeString(proof, text);
    }

    private SealedRoot root(int size) {
        Frontier frontier = new Frontier(HASHER);
        LEAVES.subList(0, size).forEach(frontier::append);
        return SealedRoot.sign(STORE, size, frontier.root(), 1_767_323_045_000_006L + size, key);
    }

    private static Hash leaf(String entry) {
        return HASHER.leaf(entry.getBytes(StandardCharsets.UTF_8));
    }
}
