package letopis.postgres;

import letopis.sql.trial.SchemaContract;

class PgbouncerSchemaTest implements PgbouncerTrial, SchemaContract {}
