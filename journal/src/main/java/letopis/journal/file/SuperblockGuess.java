package letopis.journal.file;

import java.io.IOException;
import java.util.Optional;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FileMissingException;

/** What a superblock that is damaged must have said: the headers of the segments know the store, and its blocks their places. */
final class SuperblockGuess {
    private SuperblockGuess() {}

    static Optional<Superblock> from(Disk disk, int lastSegment) throws IOException {
        for (int number = 1; number <= lastSegment; number++) {
            Optional<Superblock> guess = fromSegment(disk, number);
            if (guess.isPresent()) {
                return guess;
            }
        }
        return Optional.empty();
    }

    private static Optional<Superblock> fromSegment(Disk disk, int number) throws IOException {
        byte[] header;
        long bytes;
        try (DiskFile file = disk.open(SegmentName.of(number), Disk.Access.READ)) {
            header = FixedFile.read(file);
            bytes = file.size();
        } catch (FileMissingException e) {
            return Optional.empty();
        }
        if (!FixedFile.hasMagic(header, SegmentHeader.MAGIC) || !FixedFile.isIntact(header)) {
            return Optional.empty();
        }
        int size = (int) Math.min(bytes, Integer.MAX_VALUE);
        for (int alignment = JournalOptions.MIN_ALIGNMENT_BYTES; alignment <= JournalOptions.MAX_ALIGNMENT_BYTES; alignment *= 2) {
            Superblock guess = new Superblock(FixedFile.storeId(header), 0, alignment, size, size);
            try (Segments segments = Segments.unchecked(disk, guess); BlockScanner scanner = segments.scanner()) {
                if (scanner.read(number, alignment)) {
                    return Optional.of(guess);
                }
            }
        }
        return Optional.of(new Superblock(FixedFile.storeId(header), 0, JournalOptions.DEFAULT.alignmentBytes(), size,
                size));
    }
}
