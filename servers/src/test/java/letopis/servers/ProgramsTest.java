package letopis.servers;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A program that is run says what it said, also when it fails or hangs. */
class ProgramsTest {
    @Test
    void outputOfAProgram() throws IOException {
        assertThat(Programs.run(List.of("sh", "-c", "echo said; echo told >&2"))).isEqualTo("said\ntold\n");
    }

    @Test
    void failureHasTheOutput() {
        assertThatThrownBy(() -> Programs.run(List.of("sh", "-c", "echo why; exit 3"))).isInstanceOf(IOException.class)
                .hasMessageContaining("why");
    }

    @Test
    void whatHangsIsKilledWithItsChildren() throws Exception {
        String[] said = new String[1];
        assertThatThrownBy(
                () -> Programs.run(List.of("sh", "-c", "sleep 300 & echo $!; wait"), Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(IOException.class, it -> said[0] = String.valueOf(it.getMessage()));
        assertThat(said[0]).contains("did not end within PT1S");
        ProcessHandle child = ProcessHandle
                .of(Long.parseLong(said[0].substring(said[0].lastIndexOf("said:\n") + 6).strip()))
                .orElse(ProcessHandle.current());
        if (!child.equals(ProcessHandle.current())) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
    }
}
