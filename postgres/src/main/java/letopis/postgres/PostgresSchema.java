package letopis.postgres;

import java.util.List;

import letopis.sql.dialect.Migration;
import letopis.sql.dialect.Tables;

/**
 * The tables, as people see them.
 *
 * <p>Data and metadata that are JSON are in a column of type {@code json}, which keeps every byte as it was written, {@code jsonb} does
 * not; all other data are in {@code data_bytes}. Texts are compared by their bytes, as everywhere in Letopis.
 */
final class PostgresSchema {
    private PostgresSchema() {}

    static List<Migration> migrations(String schema, Tables tables) {
        return List.of(new Migration(1, "events, tags, rules of streams", List.of(
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
                          forgets bigint not null
                        )""".formatted(tables.store()),
                "insert into " + tables.store() + " (one, id, forgets) values (1, gen_random_uuid(), 0)",
                """
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
                          constraint event_position primary key (position),
                          constraint event_stream_revision unique (stream, revision),
                          constraint event_id unique (id)
                        )""".formatted(tables.event()),
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
                        )""".formatted(tables.streamRule()))));
    }
}
