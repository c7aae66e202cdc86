package letopis.cli.line;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The id of an event whose line gives none: a UUID of version 8, made from the first bits of the SHA-256 of the line's number and
 * its bytes. The same line at the same place of a file gets the same id each time, so that a second import adds nothing.
 */
final class LineId {
    private final MessageDigest digest;

    LineId() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    UUID of(long number, byte[] line) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(line));
        long high = (hash.getLong() & ~0xf000L) | 0x8000L;
        long low = (hash.getLong() & ~(3L << 62)) | (2L << 62);
        return new UUID(high, low);
    }
}
