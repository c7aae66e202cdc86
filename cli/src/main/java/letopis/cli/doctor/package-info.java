/** What can be found out about a store in a moment. Start with {@link letopis.cli.doctor.Examination}. */
@NullMarked
package letopis.cli.doctor;

import org.jspecify.annotations.NullMarked;
