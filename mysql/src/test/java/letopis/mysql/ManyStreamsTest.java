package letopis.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import letopis.sql.SqlEventStore;
import letopis.store.Append;
import letopis.store.Event;
import letopis.store.StreamInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What it costs to list streams grows with their number, and not with its square. */
class ManyStreamsTest {
    private static final int STREAMS = 3_000;

    @ParameterizedTest
    @EnumSource
    void listingReadsLittleMoreThanItFinds(Databases databases) throws SQLException {
        try (HikariDataSource source = databases.make(); SqlEventStore store = MysqlEventStore.open(source)) {
            for (int i = 0; i < STREAMS; i += 1_000) {
                var append = Append.to("order-" + i).of(Event.of("OrderCreated", "{}"));
                for (int j = i + 1; j < i + 1_000; j++) {
                    append = append.andTo("order-" + j).of(Event.of("OrderCreated", "{}"));
                }
                store.append(append);
            }
            long before = entriesRead(source);

            List<StreamInfo> listed = new ArrayList<>();
            List<StreamInfo> page;
            do {
                page = store.streams("", listed.isEmpty() ? "" : listed.getLast().stream(), 1_000);
                listed.addAll(page);
            } while (page.size() == 1_000);

            assertThat(listed).hasSize(STREAMS);
            assertThat(entriesRead(source) - before).isLessThan(20L * STREAMS);
        }
    }

    /** Entries of indexes that the server has read so far. */
    private static long entriesRead(HikariDataSource source) throws SQLException {
        long sum = 0;
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show global status like 'Handler_read%'")) {
            while (row.next()) {
                sum += row.getString(1).equals("Handler_read_rnd_next") ? 0 : row.getLong(2);
            }
        }
        return sum;
    }
}
