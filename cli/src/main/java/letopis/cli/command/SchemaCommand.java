package letopis.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.StoreAddress;
import letopis.cli.opening.StoreAddress.Product;
import letopis.cli.opening.StoreOpening;
import letopis.sql.SqlOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the statements that make a store in a database. */
@Command(name = "schema", description = "Print the SQL that makes a store in a database, for those who run it themselves.", footer = """

        Letopis runs it by itself where it may. Nothing is connected to.

        Examples:
          letopis schema --postgresql > V1__letopis.sql
          letopis schema --postgresql --partitioned 10000000
          letopis schema --store postgresql://host/database?schema=history""")
final class SchemaCommand implements Callable<Integer> {
    private final Session session;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** One of them. */
    static final class Which {
        @Option(names = "--postgresql", description = "For PostgreSQL, in the schema letopis.", order = 1)
        boolean postgresql;

        @Option(names = "--mysql", description = "For MySQL, in tables that begin with letopis_.", order = 2)
        boolean mysql;

        @Option(names = "--mariadb", description = "For MariaDB, in tables that begin with letopis_.", order = 3)
        boolean mariadb;

        @Option(names = "--store", paramLabel = "URL", description = "For the store at this address.", order = 4)
        @Nullable
        String store;
    }

    @Option(names = "--partitioned", paramLabel = "EVENTS", description = "With the events in partitions of so many positions each; on PostgreSQL.", order = 5)
    private @Nullable Long partitioned;

    @Mixin
    ColorOption color = new ColorOption();

    @Mixin
    HelpOption help = new HelpOption();

    SchemaCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String schema = SqlOptions.DEFAULT.schema();
        Product product = which.mysql ? Product.MYSQL : which.mariadb ? Product.MARIADB : Product.POSTGRESQL;
        if (which.store != null) {
            if (!(StoreAddress.parse(which.store) instanceof StoreAddress.Database database)) {
                throw new Failure(ExitCode.USAGE, "a store in a directory has no schema", "name a database");
            }
            product = database.product();
            schema = database.schema();
        }
        if (partitioned != null && (product != Product.POSTGRESQL || partitioned < 1)) {
            throw new Failure(ExitCode.USAGE, partitioned < 1
                    ? "a partition has at least 1 event, not " + partitioned
                    : "partitions are offered on PostgreSQL, not on " + product, "leave --partitioned out");
        }
        for (String statement : StoreOpening.schema(product, schema, Optional.ofNullable(partitioned))) {
            session.terminal().out().println(statement.strip() + (statement.strip().endsWith(";") ? "" : ";"));
        }
        session.terminal().out().flush();
        return ExitCode.DONE;
    }
}
