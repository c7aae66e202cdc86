/** An event store on MySQL 8 or newer, and MariaDB 10.6 or newer. Start with {@link letopis.mysql.MysqlEventStore}. */
@NullMarked
package letopis.mysql;

import org.jspecify.annotations.NullMarked;
