/** What every store on a SQL database goes through, on real servers; begin with {@link letopis.sql.trial.SqlTrial}. */
@NullMarked
package letopis.sql.trial;

import org.jspecify.annotations.NullMarked;
