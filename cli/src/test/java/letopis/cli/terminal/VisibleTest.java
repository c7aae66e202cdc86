package letopis.cli.terminal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is stored never steers a terminal. */
class VisibleTest {
    @Test
    void controlCharactersAndTurnsOfDirectionAreShownAsCodes() {
        assertThat(Visible.of("a\u001b[2Jb\n\u009b\u202ec")).isEqualTo("a\\u001b[2Jb\\u000a\\u009b\\u202ec");
    }

    @Test
    void textOfAllLanguagesStaysAsItIs() {
        assertThat(Visible.of("летопись … 年代記 🕰")).isEqualTo("летопись … 年代記 🕰");
    }

    @Test
    void textIsCutBetweenCharacters() {
        assertThat(Visible.atMost("abcdef", 4)).isEqualTo("abc…");
        assertThat(Visible.atMost("ab🕰d", 4)).isEqualTo("ab…");
        assertThat(Visible.atMost("abcd", 4)).isEqualTo("abcd");
    }
}
