package letopis.mysql;

import java.util.List;

import letopis.sql.dialect.Migration;
import letopis.sql.dialect.Tables;

/**
 * The tables, and a view of the events for people.
 *
 * <p>Data and metadata are kept as bytes: a column of type {@code json} gives them back in other words on MySQL. The view shows
 * them as text where they are JSON, so that {@code data_json->>'$.customer'} can be asked; it also shows ids and times as
 * people write them. Texts are compared by their bytes, as everywhere in Letopis.
 *
 * <p>Each statement that changes the schema commits by itself on these servers. So each can be repeated, for the case that
 * something ended in the middle of a migration.
 */
final class MysqlSchema {
    /** The longest names that fit the columns; so long that a stream and a revision still fit an index. */
    static final int MAX_STREAM = 500;
    static final int MAX_NAME = 250;

    /** The years 1000 to 9999, which the type {@code datetime} has, in microseconds since 1970. */
    private static final String DATETIMES = "-30610224000000000 and 253402300799999999";

    private MysqlSchema() {}

    static String view(Tables tables) {
        return tables.event() + "_text";
    }

    static List<Migration> migrations(MysqlServer server, Tables tables) {
        String options = " engine=InnoDB default character set utf8mb4 collate " + server.collation();
        return List.of(new Migration(1, "events, tags, rules of streams", List.of(
                """
                        create table if not exists %s (
                          version int primary key,
                          description varchar(250) not null,
                          applied timestamp not null
                        )""".formatted(tables.migration()) + options,
                """
                        create table if not exists %s (
                          one int primary key,
                          id binary(16) not null,
                          forgets bigint not null
                        )""".formatted(tables.store()) + options,
                "insert ignore into " + tables.store()
                        + " (one, id, forgets) values (1, unhex(replace(uuid(), '-', '')), 0)",
                """
                        create table if not exists %1$s (
                          position bigint not null,
                          stream varchar(%2$d) not null,
                          revision bigint not null,
                          category varchar(%2$d) not null,
                          type varchar(%3$d) not null,
                          id binary(16) not null,
                          recorded_micros bigint not null,
                          content_type varchar(%3$d) not null,
                          data longblob not null,
                          data_readable boolean not null,
                          metadata longblob not null,
                          metadata_readable boolean not null,
                          tags mediumtext not null,
                          erased boolean not null default false,
                          primary key (position),
                          constraint event_stream_revision unique (stream, revision),
                          constraint event_id unique (id),
                          index event_category_position (category, position),
                          index event_type_position (type, position)
                        )""".formatted(tables.event(), MAX_STREAM, MAX_NAME) + options,
                """
                        create table if not exists %s (
                          tag varchar(%d) not null,
                          position bigint not null,
                          primary key (tag, position)
                        )""".formatted(tables.eventTag(), MAX_NAME) + options,
                """
                        create table if not exists %s (
                          stream varchar(%d) primary key,
                          first_kept bigint not null,
                          state varchar(20) not null,
                          max_age_seconds bigint,
                          max_age_nanos int,
                          max_count bigint
                        )""".formatted(tables.streamRule(), MAX_STREAM) + options,
                """
                        create or replace sql security invoker view %s as select
                          position, stream, revision, category, type,
                          lower(concat_ws('-', substr(hex(id), 1, 8), substr(hex(id), 9, 4), substr(hex(id), 13, 4),
                            substr(hex(id), 17, 4), substr(hex(id), 21))) as id,
                          case when recorded_micros between %s
                            then timestampadd(microsecond, recorded_micros, timestamp '1970-01-01 00:00:00.000000') end as recorded,
                          content_type, %s as data_json, %s as metadata_json, tags, erased
                        from %s"""
                        .formatted(view(tables), DATETIMES, json("data"), json("metadata"), tables.event()))));
    }

    private static String json(String column) {
        String text = "convert(" + column + " using utf8mb4)";
        return "case when " + column + "_readable and json_valid(" + text + ") then " + text + " end";
    }
}
