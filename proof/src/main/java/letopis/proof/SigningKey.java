package letopis.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;

/**
 * The key that a store's roots are signed with: both halves of an Ed25519 key (RFC 8032). Whoever has it can make another
 * history look right, so keep it where those who can write the store's files cannot read it. Safe for any number of threads.
 */
public final class SigningKey {
    private static final byte[] TRIAL = "do the two halves belong together".getBytes(StandardCharsets.US_ASCII);

    private final PrivateKey key;
    private final VerifyingKey verifying;

    private SigningKey(PrivateKey key, VerifyingKey verifying) {
        this.key = key;
        this.verifying = verifying;
        if (!verifying.verifies(TRIAL, sign(TRIAL))) {
            throw new InvalidProofException("the PRIVATE KEY and the PUBLIC KEY in it are not of one key");
        }
    }

    /** A new key. */
    public static SigningKey generate() {
        return of(generate(new SecureRandom()));
    }

    /**
     * The key in a PEM text: a block {@code PRIVATE KEY}, which is PKCS #8, as {@code openssl genpkey -algorithm ed25519} makes
     * it. A block {@code PUBLIC KEY} beside it is used too.
     *
     * @throws InvalidProofException if there is no Ed25519 key in it
     */
    public static SigningKey ofPem(String text) {
        byte[] der = Pem.decode(Pem.PRIVATE, text)
                .orElseThrow(() -> new InvalidProofException("there is no PRIVATE KEY in PEM form in it"));
        try {
            PrivateKey key = KeyFactory.getInstance(VerifyingKey.ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(der));
            return new SigningKey(key, Pem.decode(Pem.PUBLIC, text).isPresent()
                    ? VerifyingKey.ofPem(text)
                    : otherHalf(key));
        } catch (GeneralSecurityException e) {
            throw new InvalidProofException("the PRIVATE KEY in it is not one of Ed25519: " + e.getMessage());
        }
    }

    private static SigningKey of(KeyPair pair) {
        return new SigningKey(pair.getPrivate(), new VerifyingKey(pair.getPublic()));
    }

    private static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(VerifyingKey.ALGORITHM);
            generator.initialize(255, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has Ed25519", e);
        }
    }

    /** The JDK derives a public key only while it makes a private one, of random bytes: here they are those of the key. */
    private static VerifyingKey otherHalf(PrivateKey key) {
        Optional<byte[]> bytes = key instanceof EdECPrivateKey it ? it.getBytes() : Optional.empty();
        return new VerifyingKey(generate(new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] target) {
                byte[] secret = bytes.filter(it -> it.length == target.length)
                        .orElseThrow(() -> new InvalidProofException("there is no PUBLIC KEY in it; add it"));
                System.arraycopy(secret, 0, target, 0, target.length);
            }
        }).getPublic());
    }

    /** The half to give away. */
    public VerifyingKey verifyingKey() {
        return verifying;
    }

    /** Both halves as {@link #ofPem} reads them. A secret. */
    public String pem() {
        return Pem.encode(Pem.PRIVATE, key.getEncoded()) + verifying.pem();
    }

    /** The signature of these bytes: 64 bytes. */
    Octets sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(VerifyingKey.ALGORITHM);
            signature.initSign(key);
            signature.update(text);
            return Octets.wrap(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has Ed25519", e);
        }
    }

    /** Which key it is, and nothing of the secret. */
    @Override
    public String toString() {
        return "signing " + verifying;
    }
}
