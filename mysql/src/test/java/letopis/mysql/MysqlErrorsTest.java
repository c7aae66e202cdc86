package letopis.mysql;

import java.sql.SQLException;

import letopis.sql.dialect.Trouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a full disk is called by the two servers, as they were seen or are documented to say it. */
class MysqlErrorsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "1026 | Error writing file '/tmp/MLfd=36' (OS errno 28 - No space left on device) | FULL",
            "3 | Error writing file '/tmp/MLfd=36' (OS errno 28 - No space left on device) | FULL",
            "1026 | Error writing file '/tmp/28/x' (Errcode: 28 \"No space left on device\") | FULL",
            "1030 | Got error 28 - 'No space left on device' from storage engine | FULL",
            "1114 | The table 'letopis_event' is full | FULL",
            "1026 | Error writing file '/tmp/28/x' (Errcode: 5 \"Input/output error\") | OTHER",
            "1030 | Got error 128 - 'unknown' from storage engine | OTHER"})
    void fullDiskIsToldFromABrokenOne(int code, String message, Trouble trouble) {
        assertThat(MysqlErrors.trouble(new SQLException(message, "HY000", code))).isEqualTo(trouble);
    }
}
