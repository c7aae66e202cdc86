package letopis.cli.doctor;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;

/**
 * What one check found.
 *
 * @param check    what was looked at
 * @param state    how it is
 * @param what     what was found
 * @param remedy   what to do, or the command that looks further; may be empty
 * @param exitCode what a command ends with that meets it
 */
public record Finding(String check, State state, String what, String remedy, int exitCode) {
    /** How it is. */
    public enum State {
        /** As it should be. */
        GOOD,
        /** Worth knowing. */
        NOTE,
        /** Something must be done. */
        WRONG
    }

    static Finding good(String check, String what) {
        return new Finding(check, State.GOOD, what, "", ExitCode.DONE);
    }

    static Finding note(String check, String what, String remedy) {
        return new Finding(check, State.NOTE, what, remedy, ExitCode.DONE);
    }

    static Finding wrong(String check, String what, String remedy, int exitCode) {
        return new Finding(check, State.WRONG, what, remedy, exitCode);
    }

    static Finding wrong(String check, Failure failure) {
        return wrong(check, failure.what(), failure.remedy(), failure.exitCode());
    }
}
