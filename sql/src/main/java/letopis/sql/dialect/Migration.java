package letopis.sql.dialect;

import java.util.List;

/**
 * One step of the schema from a version to the next. Steps that were published never change.
 *
 * @param version     1, 2, 3 …
 * @param description in a few words
 * @param statements  in their order
 */
public record Migration(int version, String description, List<String> statements) {
    public Migration {
        statements = List.copyOf(statements);
    }
}
