/**
 * What differs between SQL databases; for the modules of the databases alone. Start with
 * {@link letopis.sql.dialect.Dialect}.
 */
@NullMarked
package letopis.sql.dialect;

import org.jspecify.annotations.NullMarked;
