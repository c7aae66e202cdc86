package letopis.postgres;

import java.util.List;

import javax.sql.DataSource;

import letopis.sql.SqlEventStore;
import letopis.sql.SqlOptions;

/** The same trials, with so small partitions that all of them go through many. */
interface PartitionedTrial extends PostgresTrial {
    long EVENTS = 20;

    @Override
    default SqlEventStore open(DataSource source, SqlOptions options) {
        return PostgresEventStore.openPartitioned(source, options, EVENTS);
    }

    @Override
    default List<String> printed(SqlOptions options) {
        return PostgresEventStore.schema(options.schema(), EVENTS);
    }
}
