package letopis.journal.file;

import java.io.IOException;
import java.util.UUID;
import java.util.zip.CRC32C;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FileMissingException;
import letopis.store.StoreDamagedException;
import letopis.store.StoreUnusableException;

/**
 * What makes a directory a store: the file {@code letopis.store}, 64 bytes, little-endian, written once.
 *
 * <pre>
 *    0                  8             12          16         32               40              44
 *    | magic "LETOPIS1" | version (1) | alignment | store id | created micros | first segment | …
 *    44            48        60       64
 *    | max segment | 0 … 0   | crc32c |
 * </pre>
 *
 * In every version of the format the first 12 bytes are these, and the last 4 bytes of the file are the CRC32C of all before
 * them; so a version that is newer than the code is told from damage.
 *
 * @param createdMicros     when the store was created, in microseconds since 1970
 * @param alignmentBytes    blocks begin and end at multiples of it
 * @param firstSegmentBytes the size of the first segment
 * @param maxSegmentBytes   where the doubling of segments ends
 */
record Superblock(UUID storeId, long createdMicros, int alignmentBytes, int firstSegmentBytes, int maxSegmentBytes) {
    static final String FILE = "letopis.store";
    static final String MAGIC = "LETOPIS1";

    private static final int MAX_BYTES = 4096;

    byte[] encode() {
        byte[] bytes = FixedFile.begin(MAGIC, storeId);
        LittleEndian.putInt(bytes, 12, alignmentBytes);
        LittleEndian.putLong(bytes, 32, createdMicros);
        LittleEndian.putInt(bytes, 40, firstSegmentBytes);
        LittleEndian.putInt(bytes, 44, maxSegmentBytes);
        return FixedFile.seal(bytes);
    }

    /** The size of a segment that need not hold an uncommonly large block. */
    long segmentBytes(int segment) {
        long bytes = (long) firstSegmentBytes << Math.min(segment - 1, 30);
        return Math.min(bytes, maxSegmentBytes);
    }

    static Superblock read(Disk disk) throws IOException {
        byte[] bytes;
        int length;
        try (DiskFile file = disk.open(FILE, Disk.Access.READ)) {
            bytes = new byte[(int) Math.min(file.size(), MAX_BYTES)];
            length = file.read(0, bytes, 0, bytes.length);
        } catch (FileMissingException e) {
            throw new StoreDamagedException(FILE, 0, "the file is missing");
        }
        return decode(disk.name(), bytes, length);
    }

    private static Superblock decode(String store, byte[] bytes, int length) {
        if (length < FixedFile.BYTES) {
            throw new StoreDamagedException(FILE, length, "the file ends here and should have " + FixedFile.BYTES
                    + " bytes");
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length - 4);
        if (LittleEndian.getInt(bytes, length - 4) != (int) crc.getValue()) {
            throw new StoreDamagedException(FILE, 0, "the checksum does not match");
        }
        if (!FixedFile.hasMagic(bytes, MAGIC)) {
            throw new StoreUnusableException(StoreUnusableException.Reason.NOT_A_STORE, store,
                    FILE + " was not written by Letopis (byte 0)");
        }
        int version = FixedFile.version(bytes);
        if (version != FixedFile.VERSION) {
            throw new StoreUnusableException(StoreUnusableException.Reason.NEWER_FORMAT, store, FILE
                    + " has format version " + Integer.toUnsignedString(version)
                    + " (byte 8), and this Letopis reads version " + FixedFile.VERSION);
        }
        if (length != FixedFile.BYTES) {
            throw new StoreDamagedException(FILE, FixedFile.BYTES, "the file should end here");
        }
        Superblock read = new Superblock(FixedFile.storeId(bytes), LittleEndian.getLong(bytes, 32),
                LittleEndian.getInt(bytes, 12), LittleEndian.getInt(bytes, 40), LittleEndian.getInt(bytes, 44));
        read.requirePossible();
        return read;
    }

    /** A right checksum does not make numbers possible that no Letopis wrote. */
    private void requirePossible() {
        require(Integer.bitCount(alignmentBytes) == 1 && alignmentBytes >= JournalOptions.MIN_ALIGNMENT_BYTES
                && alignmentBytes <= JournalOptions.MAX_ALIGNMENT_BYTES, 12, "alignment", alignmentBytes);
        require(firstSegmentBytes >= 4 * alignmentBytes && firstSegmentBytes % alignmentBytes == 0, 40,
                "first segment", firstSegmentBytes);
        require(maxSegmentBytes >= firstSegmentBytes && maxSegmentBytes % alignmentBytes == 0, 44,
                "largest segment", maxSegmentBytes);
    }

    private static void require(boolean possible, long offset, String what, int bytes) {
        if (!possible) {
            throw new StoreDamagedException(FILE, offset, "there is no " + what + " of " + bytes + " bytes");
        }
    }
}
