package letopis.cli.failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

import letopis.cli.copying.CopyRefusedException;
import letopis.engine.NotSealedException;
import letopis.proof.InvalidProofException;
import letopis.store.ConditionFailedException;
import letopis.store.EventIdTakenException;
import letopis.store.InvalidNameException;
import letopis.store.LimitExceededException;
import letopis.store.NotSupportedException;
import letopis.store.OutcomeUnknownException;
import letopis.store.PositionBeyondHeadException;
import letopis.store.StoreBusyException;
import letopis.store.StoreClosedException;
import letopis.store.StoreDamagedException;
import letopis.store.StoreException;
import letopis.store.StoreFailedException;
import letopis.store.StoreFullException;
import letopis.store.StoreUnusableException;
import letopis.store.StreamNotFoundException;
import letopis.store.StreamTombstonedException;
import letopis.store.TimeBeforeHeadException;

/** Turns what was thrown into what a person can act on. */
public final class Diagnosis {
    private Diagnosis() {}

    /** What the exception means for the command, or nothing if it is a fault of Letopis itself. */
    public static Optional<Failure> of(Throwable thrown) {
        return switch (thrown) {
            case Failure it -> Optional.of(it);
            case StoreException it -> Optional.of(ofStore(it));
            case NotSealedException it -> Optional.of(new Failure(ExitCode.FAILED, String.valueOf(it.getMessage()),
                    "seal what is there with: letopis seal", it));
            case InvalidProofException it ->
                Optional.of(new Failure(ExitCode.DAMAGE, String.valueOf(it.getMessage()), "", it));
            case CopyRefusedException it -> Optional.of(new Failure(
                    it.reason() == CopyRefusedException.Reason.DIFFERENT ? ExitCode.DAMAGE : ExitCode.FAILED,
                    String.valueOf(it.getMessage()), switch (it.reason()) {
                        case FORGOTTEN -> "with --renumber what is left is copied, and positions and revisions change";
                        case NOT_A_PREFIX -> "copy into an empty store";
                        case OTHER_WRITER -> "stop whoever appends to it, and copy into an empty store";
                        case DIFFERENT -> "copy again into an empty store; if that ends so, too, please report it";
                    }, it));
            case UncheckedIOException it when it.getCause() != null -> Optional.of(ofFile(it.getCause()));
            case IOException it -> Optional.of(ofFile(it));
            default -> Optional.empty();
        };
    }

    private static Failure ofStore(StoreException thrown) {
        return switch (thrown) {
            case ConditionFailedException it -> failure(ExitCode.CONDITION, it,
                    "read what is there now, decide again, and append with the new expectation");
            case StreamNotFoundException it ->
                failure(ExitCode.NOT_FOUND, it, "list the streams with: letopis streams");
            case StoreDamagedException it -> failure(ExitCode.DAMAGE, it,
                    "see all of the damage with: letopis verify; then restore a backup, or see what is left with: letopis repair");
            case InvalidNameException it -> failure(ExitCode.USAGE, it, "names are text without control characters");
            case LimitExceededException it -> failure(ExitCode.USAGE, it, "make it smaller; nothing was written");
            case StreamTombstonedException it -> failure(ExitCode.FAILED, it, "");
            case EventIdTakenException it -> failure(ExitCode.FAILED, it,
                    "look at the event with: letopis read --all --from pos:" + it.position() + " --limit 1");
            case TimeBeforeHeadException it -> failure(ExitCode.FAILED, it, "");
            case StoreFullException it -> failure(ExitCode.FAILED, it, "make room, and run the command again");
            case StoreUnusableException it -> ofUnusable(it);
            case StoreFailedException it -> failure(ExitCode.FAILED, it, "look into it with: letopis doctor");
            case OutcomeUnknownException it -> failure(ExitCode.FAILED, it, "");
            case StoreBusyException it -> failure(ExitCode.FAILED, it, "");
            case StoreClosedException it -> failure(ExitCode.FAILED, it, "");
            case PositionBeyondHeadException it -> failure(ExitCode.FAILED, it, "see the head with: letopis stats");
            case NotSupportedException it -> failure(ExitCode.FAILED, it, "");
        };
    }

    private static Failure ofUnusable(StoreUnusableException it) {
        return switch (it.reason()) {
            case NOT_FOUND -> new Failure(ExitCode.NOT_FOUND, it.store() + " does not exist",
                    "name the store with --data or --store, or make one with: letopis demo, letopis import or letopis append",
                    it);
            case NOT_A_STORE -> failure(ExitCode.FAILED, it,
                    "name the store's directory with --data; one that does not exist yet becomes a store when something is"
                            + " appended or imported");
            case IN_USE -> failure(ExitCode.IN_USE, it,
                    "stop the process that writes to it, or let it do the writing; reading and tailing work beside it");
            case NO_PERMISSION -> failure(ExitCode.NO_PERMISSION, it,
                    "run as the owner of the directory, or have the rights to it changed");
            case NEWER_FORMAT -> failure(ExitCode.FAILED, it, "use a newer Letopis");
            case NO_ROOM -> failure(ExitCode.FAILED, it, "make room, and run the command again");
            case FAILED -> failure(ExitCode.FAILED, it, "look into it with: letopis doctor");
        };
    }

    private static Failure ofFile(IOException thrown) {
        return switch (thrown) {
            case NoSuchFileException it -> new Failure(ExitCode.NOT_FOUND, "there is no file " + it.getFile(), "", it);
            case AccessDeniedException it -> new Failure(ExitCode.NO_PERMISSION, "no permission for " + it.getFile(),
                    "run as the owner of the file, or have the rights to it changed", it);
            case FileAlreadyExistsException it ->
                new Failure(ExitCode.FAILED, it.getFile() + " is there already", "name another file", it);
            default -> new Failure(ExitCode.FAILED, String.valueOf(thrown.getMessage()), "", thrown);
        };
    }

    private static Failure failure(int code, StoreException thrown, String remedy) {
        return new Failure(code, String.valueOf(thrown.getMessage()), remedy, thrown);
    }
}
