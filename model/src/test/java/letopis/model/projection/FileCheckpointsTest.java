package letopis.model.projection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import letopis.store.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileCheckpointsTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint(17, Bytes.utf8("{\"a\":\n1}"));

    @TempDir
    private Path temporary;
    private Path directory;
    private FileCheckpoints checkpoints;

    @BeforeEach
    void open() {
        directory = temporary.resolve("data/projections");
        checkpoints = new FileCheckpoints(directory);
    }

    @Test
    void nothingIsThereAtFirstAndNothingIsCreatedByLooking() {
        assertThat(checkpoints.load("tally", 1)).isEmpty();
        assertThat(directory).doesNotExist();
    }

    @Test
    void whatIsSavedIsThereAgainByVersion() {
        checkpoints.save("tally", 1, new Checkpoint(1, Bytes.empty()));
        checkpoints.save("tally", 1, CHECKPOINT);
        checkpoints.save("tally", 2, new Checkpoint(2, Bytes.utf8("x")));

        FileCheckpoints reopened = new FileCheckpoints(directory);
        assertThat(reopened.load("tally", 1)).contains(CHECKPOINT);
        assertThat(reopened.load("tally", 2).orElseThrow().position()).isEqualTo(2);
        assertThat(reopened.load("tall", 1)).isEmpty();
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void whatACrashLeftHalfWrittenBesideItDoesNotMatter() throws IOException {
        checkpoints.save("tally", 1, CHECKPOINT);
        Files.writeString(directory.resolve("tally-v1.checkpoint.new"), "{\"half\":");

        assertThat(checkpoints.load("tally", 1)).contains(CHECKPOINT);
        checkpoints.save("tally", 1, new Checkpoint(18, CHECKPOINT.state()));
        assertThat(checkpoints.load("tally", 1).orElseThrow().position()).isEqualTo(18);
    }

    @Test
    void everyByteThatIsChangedOrMissingIsFound() throws IOException {
        checkpoints.save("tally", 1, CHECKPOINT);
        Path file = directory.resolve("tally-v1.checkpoint");
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            assertThatThrownBy(() -> checkpoints.load("tally", 1)).as("byte " + i)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(file.toString());
            Files.write(file, Arrays.copyOf(whole, i));
            assertThatThrownBy(() -> checkpoints.load("tally", 1)).as("cut at " + i)
                    .isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void aFileOfAnotherProjectionIsRefused() throws IOException {
        checkpoints.save("tally", 1, CHECKPOINT);
        Files.copy(directory.resolve("tally-v1.checkpoint"), directory.resolve("other-v1.checkpoint"));

        assertThatThrownBy(() -> checkpoints.load("other", 1)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("it is of projection tally version 1")
                .hasMessageContaining("delete it");
    }

    @Test
    void whatCannotBeWrittenIsAnErrorThatNamesTheFile() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.writeString(directory, "a file where the folder should be");

        assertThatThrownBy(() -> checkpoints.save("tally", 1, CHECKPOINT)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tally-v1.checkpoint");
    }

    @Test
    void theFileCanBeReadByPeople() throws IOException {
        checkpoints.save("tally", 1, CHECKPOINT);

        try (Stream<String> lines = Files.lines(directory.resolve("tally-v1.checkpoint"))) {
            assertThat(lines.findFirst().orElseThrow())
                    .startsWith("{\"format\":1,\"projection\":\"tally\",\"version\":1,\"position\":17,\"stateBytes\":");
        }
    }
}
