package letopis.journal.file;

import java.util.Optional;

import letopis.journal.RecordKind;

/** Checks the inside of a block whose own checksum is right: its records, its counts, its padding. */
final class BlockCheck {
    private final PlaceChecksum checksum;
    private final JournalVerification.Faults faults;

    BlockCheck(PlaceChecksum checksum, JournalVerification.Faults faults) {
        this.checksum = checksum;
        this.faults = faults;
    }

    /** Checks the block that a scanner has read at a place; returns how many records it has. */
    int run(BlockScanner scanner, int segment, long offset) {
        String file = SegmentName.of(segment);
        byte[] block = scanner.block();
        int end = BlockFormat.HEADER_BYTES + scanner.recordBytes();
        int at = BlockFormat.HEADER_BYTES;
        int records = 0;
        int events = 0;
        while (at < end) {
            int length = end - at < BlockFormat.RECORD_HEADER_BYTES ? -1 : LittleEndian.getInt(block, at);
            if (length < 0 || length > end - at - BlockFormat.RECORD_HEADER_BYTES) {
                faults.add(file, offset + at, "a record is longer than its block");
                return records;
            }
            if (LittleEndian.getInt(block, at + 4) != checksum.of(segment, offset + at, block, at, 4, at + 8,
                    length + 1)) {
                faults.add(file, offset + at, "the checksum of the record does not match");
            }
            Optional<RecordKind> kind = RecordKind.of(block[at + 8]);
            if (kind.isEmpty()) {
                faults.add(file, offset + at, "the record is of an unknown kind, " + block[at + 8]);
            }
            events += kind.isPresent() && kind.get().takesPosition() ? 1 : 0;
            records++;
            at += BlockFormat.RECORD_HEADER_BYTES + length;
        }
        if (records != scanner.records() || events != scanner.events()) {
            faults.add(file, offset, "the block has " + records + " records and " + events
                    + " events, and its header says " + scanner.records() + " and " + scanner.events());
        }
        for (int i = end; i < block.length - BlockFormat.MARK_BYTES; i++) {
            if (block[i] != 0) {
                faults.add(file, offset + i, "the padding of the block is not zero");
                break;
            }
        }
        if (!scanner.isKnownKind()) {
            faults.add(file, offset, "the block is of an unknown kind");
        }
        return records;
    }
}
