package letopis.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import letopis.journal.EventEraser;
import letopis.journal.RecordKind;
import letopis.store.StoreDamagedException;

/**
 * The logical bytes of a segment with events erased: each record stays at its place with its length, and becomes one of kind
 * {@link RecordKind#ERASED}; the checksums of its block are made anew. What is not an intact block stays as it is.
 */
final class ErasedImage {
    private static final byte[] NOTHING = {};

    private final Segments segments;
    private final int number;
    private final PlaceChecksum checksum;
    /** What is to be kept of each event that is to be erased, by the offset of its record. */
    private final Map<Long, byte[]> erased = new HashMap<>();
    private long events;

    ErasedImage(Segments segments, int number, EventEraser eraser) throws IOException {
        this.segments = segments;
        this.number = number;
        checksum = segments.checksum();
        try (BlockScanner scanner = segments.scanner()) {
            long at = scanner.alignment();
            while (scanner.read(number, at)) {
                scanner.visit(number, (_, kind, position, place, payload) -> {
                    if (kind == RecordKind.EVENT) {
                        decide(eraser, position, place, payload);
                    } else if (kind == RecordKind.ERASED) {
                        eraser.erasedBefore(position);
                    } else if (!isZero(payload) && eraser.erases(kind, payload)) {
                        erased.put(Place.offset(place), NOTHING);
                    }
                });
                at += scanner.bytes();
            }
            if (scanner.firstNonZero(number, at) < scanner.segmentBytes(number)) {
                throw new StoreDamagedException(SegmentName.of(number), at, scanner.fault());
            }
        }
    }

    private static boolean isZero(ByteBuffer payload) {
        for (int i = payload.position(); i < payload.limit(); i++) {
            if (payload.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private void decide(EventEraser eraser, long position, long place, ByteBuffer payload) {
        int length = payload.remaining();
        Optional<byte[]> kept = eraser.erase(position, payload);
        if (kept.isPresent()) {
            if (kept.get().length > length) {
                throw new IllegalArgumentException("more is to be kept of an event than it has");
            }
            erased.put(Place.offset(place), kept.get());
        }
    }

    boolean hasAnythingToErase() {
        return !erased.isEmpty();
    }

    /** Writes the bytes; returns how many events were erased. */
    long writeTo(PackedWriter writer) throws IOException {
        long count = 0;
        try (BlockScanner scanner = segments.scanner()) {
            byte[] header = scanner.bytesAt(number, 0, scanner.alignment());
            writer.write(header, 0, header.length);
            long at = scanner.alignment();
            while (scanner.read(number, at)) {
                byte[] block = scanner.block();
                count += erase(block, at, BlockFormat.HEADER_BYTES + scanner.recordBytes());
                writer.write(block, 0, block.length);
                at += block.length;
            }
            byte[] zeros = new byte[PackedFormat.CHUNK_BYTES];
            for (long size = scanner.segmentBytes(number); at < size; at += zeros.length) {
                writer.write(zeros, 0, (int) Math.min(zeros.length, size - at));
            }
        }
        if (count != erased.size()) {
            throw new AssertionError(erased.size() + " events of segment " + number + " were to be erased, and "
                    + count + " were found");
        }
        return events;
    }

    private long erase(byte[] block, long offset, int end) {
        long count = 0;
        for (int at = BlockFormat.HEADER_BYTES; at < end;) {
            int length = LittleEndian.getInt(block, at);
            byte[] kept = erased.get(offset + at);
            if (kept != null) {
                int payload = at + BlockFormat.RECORD_HEADER_BYTES;
                boolean isEvent = block[at + 8] == RecordKind.EVENT.code();
                if (isEvent) {
                    block[at + 8] = RecordKind.ERASED.code();
                    events++;
                }
                System.arraycopy(kept, 0, block, payload, kept.length);
                Arrays.fill(block, payload + kept.length, payload + length, (byte) 0);
                LittleEndian.putInt(block, at + 4,
                        checksum.of(number, offset + at, block, at, 4, at + 8, length + 1));
                count++;
            }
            at += BlockFormat.RECORD_HEADER_BYTES + length;
        }
        if (count > 0) {
            LittleEndian.putInt(block, block.length - 4, checksum.of(number, offset, block, 0, block.length - 4));
        }
        return count;
    }
}
