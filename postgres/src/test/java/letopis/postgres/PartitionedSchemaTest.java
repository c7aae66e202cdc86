package letopis.postgres;

import letopis.sql.trial.SchemaContract;

class PartitionedSchemaTest implements PartitionedTrial, SchemaContract {}
