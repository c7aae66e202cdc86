package letopis.cli.failure;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody may have meant. */
class SuggestionTest {
    private static final List<String> COMMANDS = List.of("import", "export", "read", "stats", "streams", "types",
            "tail");

    @Test
    void nearNamesAreSuggestedTheNearestFirst() {
        assertThat(Suggestion.near("imprt", COMMANDS)).first().isEqualTo("import");
        assertThat(Suggestion.near("raed", COMMANDS)).containsExactly("read");
        assertThat(Suggestion.near("STATS", COMMANDS)).first().isEqualTo("stats");
        assertThat(Suggestion.near("str", COMMANDS)).containsExactly("streams");
    }

    @Test
    void nothingIsSuggestedForWhatIsFarOff() {
        assertThat(Suggestion.near("frobnicate", COMMANDS)).isEmpty();
        assertThat(Suggestion.didYouMean("frobnicate", COMMANDS)).isEmpty();
    }

    @Test
    void suggestionIsAQuestion() {
        assertThat(Suggestion.didYouMean("tial", COMMANDS)).isEqualTo("did you mean tail?");
    }
}
