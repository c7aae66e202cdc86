package letopis.postgres;

import letopis.sql.SchemaContract;

class PostgresSchemaTest implements PostgresTrial, SchemaContract {}
