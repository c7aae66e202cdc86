package letopis.mysql;

import letopis.sql.trial.SchemaContract;

class MysqlSchemaTest implements MysqlTrial, SchemaContract {}
