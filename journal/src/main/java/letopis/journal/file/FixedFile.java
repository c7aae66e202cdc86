package letopis.journal.file;

import java.io.IOException;
import java.util.UUID;
import java.util.zip.CRC32C;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;

/**
 * The frame that the superblock, the header of a segment and the publication marker share, little-endian:
 *
 * <pre>
 *    0       8                12        16         32        60       64
 *    | magic | format version | own use | store id | own use | crc32c |
 * </pre>
 *
 * The checksum is a plain CRC32C of the 60 bytes before it. Bytes that have no use are zero.
 */
final class FixedFile {
    static final int BYTES = 64;
    static final int VERSION = 1;

    private static final int CRC_AT = 60;

    private FixedFile() {}

    static byte[] begin(String magic, UUID storeId) {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) magic.charAt(i);
        }
        LittleEndian.putInt(bytes, 8, VERSION);
        LittleEndian.putId(bytes, 16, storeId);
        return bytes;
    }

    static byte[] seal(byte[] bytes) {
        LittleEndian.putInt(bytes, CRC_AT, checksum(bytes));
        return bytes;
    }

    /** The first 64 bytes of a file; zeros where it is shorter. */
    static byte[] read(DiskFile file) throws IOException {
        byte[] bytes = new byte[BYTES];
        file.read(0, bytes, 0, BYTES);
        return bytes;
    }

    /** Puts bytes into a file of this name, durably and in one step: whoever looks finds the old file or the new one. */
    static void replace(Disk disk, String name, byte[] bytes) throws IOException {
        String unfinished = name + SegmentSupply.UNFINISHED;
        disk.delete(unfinished);
        try (DiskFile file = disk.open(unfinished, Disk.Access.CREATE)) {
            file.write(0, bytes, 0, bytes.length);
            file.force();
        }
        disk.rename(unfinished, name);
        disk.forceDirectory();
    }

    static boolean hasMagic(byte[] bytes, String magic) {
        for (int i = 0; i < 8; i++) {
            if (bytes[i] != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean isIntact(byte[] bytes) {
        return LittleEndian.getInt(bytes, CRC_AT) == checksum(bytes);
    }

    static int version(byte[] bytes) {
        return LittleEndian.getInt(bytes, 8);
    }

    static UUID storeId(byte[] bytes) {
        return LittleEndian.getId(bytes, 16);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_AT);
        return (int) crc.getValue();
    }
}
