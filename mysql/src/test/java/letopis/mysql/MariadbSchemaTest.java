package letopis.mysql;

import letopis.sql.trial.SchemaContract;

class MariadbSchemaTest implements MariadbTrial, SchemaContract {}
