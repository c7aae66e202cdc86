package letopis.proof;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;

/**
 * The public half of the key that a store's roots are signed with: Ed25519 (RFC 8032). Whoever has it can check, and can sign
 * nothing. Safe for any number of threads.
 */
public final class VerifyingKey {
    static final String ALGORITHM = "Ed25519";

    private final PublicKey key;
    private final Hash id;

    VerifyingKey(PublicKey key) {
        this.key = key;
        try {
            this.id = Hash.wrap(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /**
     * The key in a PEM text: a block {@code PUBLIC KEY}, which is an X.509 SubjectPublicKeyInfo.
     *
     * @throws InvalidProofException if there is no Ed25519 key in it
     */
    public static VerifyingKey ofPem(String text) {
        byte[] der = Pem.decode(Pem.PUBLIC, text)
                .orElseThrow(() -> new InvalidProofException("there is no PUBLIC KEY in PEM form in it"));
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
            Signature.getInstance(ALGORITHM).initVerify(key); // tells what the factory does not: a point that is not on the curve
            return new VerifyingKey(key);
        } catch (GeneralSecurityException e) {
            throw new InvalidProofException("the PUBLIC KEY in it is not one of Ed25519: " + e.getMessage());
        }
    }

    /** The SHA-256 of the key's X.509 form: names the key. */
    public Hash id() {
        return id;
    }

    /** The key as {@link #ofPem} reads it. */
    public String pem() {
        return Pem.encode(Pem.PUBLIC, key.getEncoded());
    }

    /** Whether the other half of this key has signed these bytes so. */
    public boolean verifies(byte[] signed, Octets signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature.array());
        } catch (SignatureException _) {
            return false; // a signature that has not even the form of one
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has Ed25519", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
