package letopis.proof;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Keys and signatures are those of RFC 8032, in the files that OpenSSL writes. */
class KeysTest {
    /** The first key of RFC 8032 section 7.1, as PKCS #8 without its public half. */
    private static final String PRIVATE = Pem.encode(Pem.PRIVATE, HexFormat.of()
            .parseHex("302e020100300506032b657004220420"
                    + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    private static final String PUBLIC = Pem.encode(Pem.PUBLIC, HexFormat.of()
            .parseHex("302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    private static final UUID STORE = UUID.fromString("6c65746f-7069-4973-a5f1-6c6574207465");

    @Test
    void signaturesAreThoseOfTheStandard() {
        SigningKey key = SigningKey.ofPem(PRIVATE);

        assertThat(key.sign(new byte[0]).toArray()).asHexString()
                .isEqualToIgnoringCase("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertThat(key.verifyingKey().pem()).isEqualTo(PUBLIC);
        assertThat(VerifyingKey.ofPem(PUBLIC)).isEqualTo(key.verifyingKey());
    }

    @Test
    void keysAreWrittenAndReadAgain() {
        SigningKey key = SigningKey.generate();
        SigningKey again = SigningKey.ofPem("a remark\n" + key.pem());

        SealedRoot root = SealedRoot.sign(STORE, 8, new TreeHasher().empty(), 1_767_323_045_000_006L, again);

        root.check(List.of(VerifyingKey.ofPem(key.pem())));
        assertThat(SealedRoot.parse(root.text())).isEqualTo(root);
        assertThat(root.time()).hasToString("2026-01-02T03:04:05.000006Z");
        assertThat(key.toString()).contains(key.verifyingKey().id().toString()).doesNotContain("PRIVATE");
    }

    @Test
    void whatIsNoKeyIsRefused() {
        for (String text : List.of("", PUBLIC.replace("PUBLIC", "RSA PUBLIC"), PUBLIC.replace("MCow", "MCox"),
                PUBLIC.replace("MCow", "MCo"))) {
            assertThatThrownBy(() -> VerifyingKey.ofPem(text)).isInstanceOf(InvalidProofException.class);
        }
        assertThatThrownBy(() -> SigningKey.ofPem(PUBLIC)).isInstanceOf(InvalidProofException.class)
                .hasMessageContaining("PRIVATE KEY");
        assertThatThrownBy(() -> SigningKey.ofPem(PRIVATE.replace("MC4CAQ", "MC4CAR")))
                .isInstanceOf(InvalidProofException.class);
    }

    @Test
    void twoHalvesOfTwoKeysAreRefused() {
        String mixed = PRIVATE + SigningKey.generate().verifyingKey().pem();

        assertThatThrownBy(() -> SigningKey.ofPem(mixed)).isInstanceOf(InvalidProofException.class)
                .hasMessageContaining("not of one key");
    }
}
