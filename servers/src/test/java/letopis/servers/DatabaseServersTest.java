package letopis.servers;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whoever has no server is told how to name one; and whoever named one that is none, which variable did it. */
class DatabaseServersTest {
    private static final String VARIABLE = "LETOPIS_TEST_POSTGRES";

    @Test
    void serverThatDoesNotStartNamesTheVariableThatGivesAnother() {
        assertThatThrownBy(() -> DatabaseServers.started(VARIABLE, () -> {
            throw new ServerUnavailableException("there is no tar");
        })).isInstanceOf(ServerUnavailableException.class)
                .hasMessageContaining(VARIABLE)
                .hasMessageContaining("there is no tar");
    }

    @Test
    void givenServerThatDoesNotAnswerNamesTheVariableAndNoPassword() {
        String url = "jdbc:postgresql://127.0.0.1:" + Programs.freePort() + "/postgres?user=u&password=secret";
        assertThatThrownBy(() -> DatabaseServers.given(VARIABLE, url)).isInstanceOf(ServerUnavailableException.class)
                .hasMessageContaining(VARIABLE)
                .hasMessageNotContaining("secret");
    }
}
