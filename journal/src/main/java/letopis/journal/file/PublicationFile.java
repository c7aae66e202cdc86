package letopis.journal.file;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.FileMissingException;

/** The open publication marker of the writer, and the way to read it beside the writer. */
final class PublicationFile implements AutoCloseable {
    /** A reader may meet the marker half-written, and then looks again; so often at most. */
    private static final int ATTEMPTS = 5;

    private final DiskFile file;
    private final UUID storeId;

    private PublicationFile(DiskFile file, UUID storeId) {
        this.file = file;
        this.storeId = storeId;
    }

    static PublicationFile openForWriting(Disk disk, UUID storeId) throws IOException {
        DiskFile file;
        try {
            file = disk.open(Publication.FILE, Disk.Access.WRITE);
        } catch (FileMissingException e) {
            file = disk.open(Publication.FILE, Disk.Access.CREATE);
        }
        return new PublicationFile(file, storeId);
    }

    static Optional<Publication> read(Disk disk, UUID storeId) throws IOException {
        try (DiskFile file = disk.open(Publication.FILE, Disk.Access.READ)) {
            Optional<Publication> publication = Optional.empty();
            for (int attempt = 0; attempt < ATTEMPTS && publication.isEmpty(); attempt++) {
                publication = Publication.decode(FixedFile.read(file), storeId);
            }
            return publication;
        } catch (FileMissingException e) {
            return Optional.empty();
        }
    }

    void write(Publication publication) throws IOException {
        file.write(0, publication.encode(storeId), 0, FixedFile.BYTES);
    }

    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
