package letopis.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.sql.dialect.Migration;
import letopis.sql.dialect.Tables;

/**
 * The tables, as people see them.
 *
 * <p>Data and metadata that are JSON are in a column of type {@code json}, which keeps every byte as it was written, {@code jsonb} does
 * not; all other data are in {@code data_bytes}. Texts are compared by their bytes, as everywhere in Letopis.
 */
final class PostgresSchema {
    private static final String UNIQUE = """
            ,
              constraint event_stream_revision unique (stream, revision),
              constraint event_id unique (id)
            )""";
    private static final String PARTITIONED = """

            ) partition by range (position)""";

    private PostgresSchema() {}

    /** @param partitions those of the table of events, if it has any */
    static List<Migration> migrations(String schema, Tables tables, Optional<Partitions> partitions) {
        List<String> statements = new ArrayList<>(before(schema, tables, partitions));
        partitions.ifPresentOrElse(it -> statements.addAll(partitioned(tables, it)),
                () -> statements.add(events(tables, UNIQUE)));
        statements.addAll(after(tables));
        return List.of(new Migration(1, "events, tags, rules of streams", statements));
    }

    private static List<String> before(String schema, Tables tables, Optional<Partitions> partitions) {
        return List.of(
                "create schema if not exists " + schema,
                """
                        create table %s (
                          version integer primary key,
                          description text not null,
                          applied timestamptz not null
                        )""".formatted(tables.migration()),
                """
                        create table %s (
                          one integer primary key check (one = 1),
                          id uuid not null,
                          forgets bigint not null%s
                        )"""
                        .formatted(tables.store(),
                                partitions.isPresent() ? ",\n  partition_events bigint not null" : ""),
                partitions
                        .map(it -> "insert into " + tables.store() + " (one, id, forgets, partition_events)"
                                + " values (1, gen_random_uuid(), 0, " + it.events() + ")")
                        .orElse("insert into " + tables.store()
                                + " (one, id, forgets) values (1, gen_random_uuid(), 0)"));
    }

    private static String events(Tables tables, String end) {
        return """
                create table %s (
                  position bigint not null,
                  stream text collate "C" not null,
                  revision bigint not null,
                  category text collate "C" not null,
                  type text collate "C" not null,
                  id uuid not null,
                  recorded timestamptz not null,
                  content_type text collate "C" not null,
                  data json,
                  data_bytes bytea,
                  metadata json,
                  metadata_bytes bytea,
                  tags text[] collate "C" not null,
                  erased boolean not null default false,
                  constraint event_position primary key (position)%s""".formatted(tables.event(), end);
    }

    /**
     * A key of a partitioned table has the position in it. Of the keys that have not, that of ids becomes a table; that of streams and
     * revisions an index: two events of one revision would have one position, too, for both are counted from the same head.
     */
    private static List<String> partitioned(Tables tables, Partitions partitions) {
        List<String> statements = new ArrayList<>(List.of(
                events(tables, PARTITIONED),
                "create index event_stream_revision on " + tables.event() + " (stream, revision)",
                """
                        create table %s_id (
                          id uuid not null,
                          position bigint not null,
                          constraint event_id_once primary key (id)
                        )""".formatted(tables.event())));
        statements.addAll(partitions.statements(1));
        statements.addAll(partitions.statements(1 + partitions.events()));
        return statements;
    }

    private static List<String> after(Tables tables) {
        return List.of(
                "create index event_category_position on " + tables.event() + " (category, position)",
                "create index event_type_position on " + tables.event() + " (type, position)",
                """
                        create table %s (
                          tag text collate "C" not null,
                          position bigint not null,
                          constraint event_tag_position primary key (tag, position)
                        )""".formatted(tables.eventTag()),
                """
                        create table %s (
                          stream text collate "C" primary key,
                          first_kept bigint not null,
                          state text not null check (state in ('OPEN', 'DELETED', 'TOMBSTONED')),
                          max_age_seconds bigint,
                          max_age_nanos integer,
                          max_count bigint
                        )""".formatted(tables.streamRule()));
    }
}
