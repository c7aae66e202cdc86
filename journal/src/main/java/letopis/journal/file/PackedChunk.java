package letopis.journal.file;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * The forms of a chunk in a packed segment, of which the writer takes the shortest:
 *
 * <pre>
 *    0 zeros      nothing
 *    1 stored     the bytes
 *    2 deflated   a raw deflate stream (RFC 1951)
 *    3 sparse     | v: length | bytes of that length | v: zeros | v: length | … up to the end of the chunk
 * </pre>
 *
 * v is a number of seven bits a byte, low ones first, where the highest bit says that another byte follows.
 */
final class PackedChunk {
    static final int ZEROS = 0;
    static final int STORED = 1;
    static final int DEFLATED = 2;
    static final int SPARSE = 3;

    /** So many zeros in a row are worth leaving out. */
    private static final int MIN_RUN = 16;

    private final byte[] logical;
    private final int length;
    private byte[] stored;
    private int storedBytes;
    private int form = STORED;

    private PackedChunk(byte[] logical, int length) {
        this.logical = logical;
        this.length = length;
        stored = logical;
        storedBytes = length;
    }

    /**
     * Packs a chunk; the array must stay as it is until what came of it was written.
     *
     * @param deflater for raw streams; none to leave out zeros only
     */
    static PackedChunk of(byte[] logical, int length, @Nullable Deflater deflater) {
        PackedChunk chunk = new PackedChunk(logical, length);
        if (isZero(logical, 0, length)) {
            chunk.take(ZEROS, new byte[0], 0);
            return chunk;
        }
        chunk.trySparse();
        if (deflater != null) {
            chunk.tryDeflate(deflater);
        }
        return chunk;
    }

    private void take(int newForm, byte[] bytes, int count) {
        form = newForm;
        stored = bytes;
        storedBytes = count;
    }

    private void tryDeflate(Deflater deflater) {
        byte[] target = new byte[storedBytes];
        deflater.reset();
        deflater.setInput(logical, 0, length);
        deflater.finish();
        int count = deflater.deflate(target);
        if (deflater.finished() && count < storedBytes) {
            take(DEFLATED, target, count);
        }
    }

    private void trySparse() {
        byte[] target = new byte[length];
        int to = 0;
        int at = 0;
        while (at < length) {
            int literal = at;
            int run = 0;
            while (at < length && run < MIN_RUN) {
                run = logical[at++] == 0 ? run + 1 : 0;
            }
            int end = run >= MIN_RUN ? at - run : at;
            while (at < length && logical[at] == 0) {
                at++;
            }
            if (to + (end - literal) + 2 * 5 > length) {
                return;
            }
            to = putNumber(target, to, end - literal);
            System.arraycopy(logical, literal, target, to, end - literal);
            to = putNumber(target, to + end - literal, at - end);
        }
        take(SPARSE, target, to);
    }

    int form() {
        return form;
    }

    byte[] stored() {
        return stored;
    }

    int storedBytes() {
        return storedBytes;
    }

    /**
     * Gives back what was packed.
     *
     * @throws DataFormatException if the bytes are no chunk of that form and length
     */
    static byte[] unpack(int form, byte[] stored, int length) throws DataFormatException {
        return switch (form) {
            case ZEROS -> new byte[length];
            case STORED -> {
                if (stored.length != length) {
                    throw new DataFormatException("a chunk of another length");
                }
                yield stored;
            }
            case DEFLATED -> inflate(stored, length);
            case SPARSE -> expand(stored, length);
            default -> throw new DataFormatException("a chunk of an unknown form, " + form);
        };
    }

    private static byte[] inflate(byte[] stored, int length) throws DataFormatException {
        byte[] logical = new byte[length];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(stored);
            int count = inflater.inflate(logical);
            if (count != length || !isFinished(inflater)) {
                throw new DataFormatException("a chunk of another length");
            }
            return logical;
        } finally {
            inflater.end();
        }
    }

    private static boolean isFinished(Inflater inflater) throws DataFormatException {
        return inflater.finished() || (inflater.inflate(new byte[1]) == 0 && inflater.finished());
    }

    private static byte[] expand(byte[] stored, int length) throws DataFormatException {
        byte[] logical = new byte[length];
        int[] at = {0};
        int to = 0;
        while (at[0] < stored.length) {
            int literal = takeNumber(stored, at);
            if (literal > stored.length - at[0] || literal > length - to) {
                throw new DataFormatException("bytes beyond the end of a chunk");
            }
            System.arraycopy(stored, at[0], logical, to, literal);
            at[0] += literal;
            to += literal;
            int zeros = takeNumber(stored, at);
            if (zeros > length - to) {
                throw new DataFormatException("zeros beyond the end of a chunk");
            }
            to += zeros;
        }
        if (to != length) {
            throw new DataFormatException("a chunk of another length");
        }
        return logical;
    }

    private static int putNumber(byte[] target, int at, int number) {
        int to = at;
        int rest = number;
        while (rest >= 0x80) {
            target[to++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[to++] = (byte) rest;
        return to;
    }

    private static int takeNumber(byte[] bytes, int[] at) throws DataFormatException {
        int number = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            if (at[0] == bytes.length) {
                break;
            }
            byte next = bytes[at[0]++];
            number |= (next & 0x7F) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new DataFormatException("a number that does not end");
    }

    static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

}
