package letopis.cli.opening;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.zaxxer.hikari.HikariDataSource;
import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.StoreAddress.Database;
import letopis.cli.opening.StoreAddress.Product;
import letopis.cli.opening.StoreFacts.Fact;
import letopis.cli.terminal.Figures;
import letopis.sql.SqlEventStore;
import letopis.store.StreamInfo;
import letopis.store.TypeInfo;

/** A store in a database, and the pool of connections to it. */
public record InDatabase(Database address, SqlEventStore store, HikariDataSource pool) implements OpenedStore {
    private static final int PAGE = 1_000;

    /** The database's name and version, as it tells them itself. */
    public String server() {
        try (Connection connection = pool.getConnection()) {
            DatabaseMetaData about = connection.getMetaData();
            return about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new Failure(ExitCode.FAILED, address + " does not answer: " + e.getMessage(), "", e);
        }
    }

    @Override
    public StoreFacts facts() {
        List<Fact> facts = new ArrayList<>(List.of(
                Fact.of("store", "store", address.toString()),
                Fact.of("server", "server", server()),
                Fact.of("schema", address.product() == Product.POSTGRESQL ? "schema" : "prefix", address.schema())));
        long events = store.types().stream().mapToLong(TypeInfo::count).sum();
        long streams = streams();
        long head = store.head();
        facts.add(Fact.of("events", "events", events, Figures.count(events)));
        facts.add(Fact.of("streams", "streams", streams, Figures.count(streams)));
        facts.add(Fact.of("head", "head", head, "position " + Figures.count(head)));
        long all = 0;
        for (TableSize table : tables()) {
            facts.add(Fact.of("bytesOf" + table.camelName(), "table " + table.name, table.bytes,
                    Figures.bytes(table.bytes)));
            all += table.bytes;
        }
        facts.add(Fact.of("bytesUsed", "used, with indexes", all, Figures.bytes(all)));
        return new StoreFacts(facts);
    }

    private long streams() {
        long count = 0;
        String after = "";
        List<StreamInfo> page;
        do {
            page = store.streams("", after, PAGE);
            count += page.size();
            after = page.isEmpty() ? after : page.getLast().stream();
        } while (page.size() == PAGE);
        return count;
    }

    private record TableSize(String name, long bytes) {
        String camelName() {
            StringBuilder name = new StringBuilder();
            for (String word : this.name.split("_", -1)) {
                name.append(word.substring(0, Math.min(1, word.length())).toUpperCase(Locale.ROOT))
                        .append(word.substring(Math.min(1, word.length())));
            }
            return name.toString();
        }
    }

    private List<TableSize> tables() {
        String question = switch (address.product()) {
            case POSTGRESQL -> "select c.relname, pg_total_relation_size(c.oid) from pg_class c"
                    + " join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname = ? order by 1";
            case MYSQL, MARIADB -> "select table_name, data_length + index_length from information_schema.tables"
                    + " where table_schema = database() and table_name like concat(replace(?, '_', '\\\\_'), '\\\\_%')"
                    + " order by 1";
        };
        List<TableSize> sizes = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, address.schema());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sizes.add(new TableSize(rows.getString(1), rows.getLong(2)));
                }
            }
        } catch (SQLException e) {
            throw new Failure(ExitCode.FAILED, "the sizes of the tables of " + address + " cannot be read: "
                    + e.getMessage(), "", e);
        }
        return sizes;
    }

    @Override
    public void close() {
        try (pool) {
            store.close();
        }
    }
}
