package letopis.journal.file;

import java.io.IOException;
import java.util.List;

import letopis.journal.EventEraser;
import letopis.journal.SegmentRewrite;
import letopis.journal.disk.Disk;
import letopis.store.StoreDamagedException;

/**
 * Replaces segments that are full by packed ones, with the same bytes or with events erased. The new file is written under a
 * name that does not count, forced, read back and compared, and renamed; the directory is forced; only then is the old file
 * deleted. Where a crash leaves both, the packed one counts and the next writer deletes the other. For one thread at a time.
 */
final class SegmentPacking {
    private final Disk disk;
    private final Segments segments;
    private final PlantedBug bug;
    private volatile boolean stopped;

    SegmentPacking(Disk disk, Segments segments, PlantedBug bug) {
        this.disk = disk;
        this.segments = segments;
        this.bug = bug;
    }

    /** Lets what is being written be given up. */
    void stop() {
        stopped = true;
    }

    /**
     * Packs a segment, unless it is packed.
     *
     * @throws SegmentNamesLostException if nobody knows what the directory has on disk; final for this opening
     * @throws IOException               if it could not be packed; it is as it was
     */
    SegmentRewrite pack(int number, Compression compression) throws IOException {
        Segment source = segments.acquire(number);
        try {
            if (source.isPacked()) {
                return new SegmentRewrite(number, 0, source.fileBytes(), source.fileBytes());
            }
            return replace(source, compression, writer -> {
                byte[] buffer = new byte[PackedFormat.CHUNK_BYTES];
                for (long at = 0; at < source.bytes(); at += buffer.length) {
                    ensureGoesOn();
                    int length = (int) Math.min(buffer.length, source.bytes() - at);
                    if (segments.read(source, at, buffer, length) < length) {
                        throw new StoreDamagedException(SegmentName.of(number), at, "the file ends here");
                    }
                    writer.write(buffer, 0, length);
                }
                return 0;
            });
        } finally {
            segments.release(source);
        }
    }

    /**
     * Writes a segment anew without what is to be erased; nothing if there is nothing to erase.
     *
     * @throws SegmentNamesLostException if nobody knows what the directory has on disk; final for this opening
     * @throws IOException               if it could not be written; it is as it was
     */
    SegmentRewrite erase(int number, EventEraser eraser, Compression compression) throws IOException {
        Segment source = segments.acquire(number);
        try {
            ErasedImage image = new ErasedImage(segments, number, eraser);
            if (!image.hasAnythingToErase()) {
                return new SegmentRewrite(number, 0, source.fileBytes(), source.fileBytes());
            }
            return replace(source, compression, image::writeTo);
        } finally {
            segments.release(source);
        }
    }

    /** Writes the logical bytes of a segment, and says how many events were erased. */
    @FunctionalInterface
    private interface Image {
        long writeTo(PackedWriter writer) throws IOException;
    }

    private SegmentRewrite replace(Segment source, Compression compression, Image image) throws IOException {
        int number = source.number();
        String name = SegmentName.packed(number);
        String unfinished = name + SegmentSupply.UNFINISHED;
        long erased;
        long fileBytes;
        boolean named = false;
        try {
            disk.delete(unfinished);
            long checksum;
            try (PackedWriter writer = PackedWriter.create(disk, unfinished, segments.superblock().storeId(), number,
                    source.bytes(), compression)) {
                erased = image.writeTo(writer);
                checksum = writer.finish(bug);
                fileBytes = writer.fileBytes();
            }
            compare(number, unfinished, checksum);
            disk.rename(unfinished, name);
            named = true;
        } finally {
            if (!named) {
                deleteQuietly(unfinished);
            }
        }
        segments.replaced(number, fileBytes);
        if (bug != PlantedBug.OLD_FORM_DELETED_EARLY) {
            forceNames();
        }
        if (bug != PlantedBug.OLD_FORM_KEPT) {
            disk.delete(SegmentName.of(number));
        }
        forceNames();
        return new SegmentRewrite(number, erased, source.fileBytes(), fileBytes);
    }

    private void compare(int number, String unfinished, long checksum) throws IOException {
        try (Segment written = segments.opening().packed(number, unfinished)) {
            if (written.checksum() != checksum) {
                throw new IOException("what was written to " + unfinished + " is not what can be read from it");
            }
        } catch (StoreDamagedException e) {
            throw new IOException("what was written to " + unfinished + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void forceNames() throws SegmentNamesLostException {
        try {
            disk.forceDirectory();
        } catch (IOException e) {
            throw new SegmentNamesLostException(e);
        }
    }

    private void ensureGoesOn() throws IOException {
        if (stopped) {
            throw new IOException("the journal is being closed");
        }
    }

    private void deleteQuietly(String file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            // What went wrong before is thrown; the file does not count, and the next opening deletes it.
        }
    }

    /** Deletes what was replaced and is still there after a crash; what replaced it is checked before. */
    static void finish(Disk disk, Segments segments, List<String> names) throws IOException {
        boolean forced = false;
        for (String name : names) {
            int number = SegmentName.packedNumber(name);
            if (number > 0 && names.contains(SegmentName.of(number))) {
                check(segments, number);
                if (!forced) {
                    disk.forceDirectory();
                    forced = true;
                }
                disk.delete(SegmentName.of(number));
            }
        }
        if (forced) {
            disk.forceDirectory();
        }
    }

    private static void check(Segments segments, int number) throws IOException {
        Segment segment = segments.acquire(number);
        try {
            segment.verifyForm((file, offset, damage) -> {
                throw new StoreDamagedException(file, offset, damage);
            });
        } finally {
            segments.release(segment);
        }
    }
}
