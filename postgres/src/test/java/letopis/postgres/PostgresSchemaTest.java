package letopis.postgres;

import letopis.sql.trial.SchemaContract;

class PostgresSchemaTest implements PostgresTrial, SchemaContract {}
