package letopis.journal.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A real file that is read in place. */
class MappedFileTest {
    @TempDir
    Path directory;

    private DiskFile file(byte... content) throws IOException {
        Files.write(directory.resolve("a"), content);
        return RealDisk.at(directory).open("a", Disk.Access.READ);
    }

    @Test
    void aPartIsMappedAsFarAsTheFileGoes() throws IOException {
        try (DiskFile file = file((byte) 1, (byte) 2, (byte) 3, (byte) 4); Arena arena = Arena.ofConfined()) {
            assertThat(file.map(1, 3, arena).toArray(ValueLayout.JAVA_BYTE)).containsExactly(2, 3, 4);
            assertThatThrownBy(() -> file.map(1, 4, arena)).isInstanceOf(IOException.class)
                    .hasMessageContaining("ends before 5");
        }
    }

    @Test
    void aMappingOutlivesItsFileAndItsName() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mapped;
            try (DiskFile file = file((byte) 1, (byte) 2)) {
                mapped = file.map(0, 2, arena);
            }
            RealDisk.at(directory).delete("a");
            assertThat(mapped.toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2);
        }
    }

    @Test
    void aFileWithoutItsNameCannotBeMappedAndThatIsSaid() throws IOException {
        try (DiskFile file = file((byte) 1); Arena arena = Arena.ofConfined()) {
            RealDisk.at(directory).delete("a");
            assertThatThrownBy(() -> file.map(0, 1, arena)).isInstanceOf(FileMissingException.class)
                    .hasMessageContaining("map");
        }
    }

    @Test
    void anInterruptedThreadMapsAndStaysInterruptedAndOneThatIsNotDoesNotBecomeSo() throws IOException {
        try (DiskFile file = file((byte) 1, (byte) 2); Arena arena = Arena.ofConfined()) {
            file.map(0, 2, arena);
            assertThat(Thread.interrupted()).isFalse();
            Thread.currentThread().interrupt();
            MemorySegment mapped = file.map(0, 2, arena);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(mapped.toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2);
        }
    }
}
