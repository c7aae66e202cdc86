package letopis.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFullException;
import letopis.journal.disk.InterceptedDisk;
import letopis.journal.disk.InterceptedDisk.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A disk that has one fault at one step of its life, or from there on. A step is any operation; what the operations are is
 * taken from the interfaces of the disk, so that a new one is tried without being named here.
 */
final class FaultyDisk implements InterceptedDisk.Interceptor {
    private static final long DELAY_NANOS = 50_000;

    private final Fault fault;
    private final long first;
    private final boolean sticky;
    private final List<String> steps = new ArrayList<>();
    private String kind = "";
    private long happened;
    private boolean healed;
    private boolean dead;

    /** What goes wrong. Where it is sticky, it goes wrong with all later operations of the same kind, too. */
    enum Fault {
        /** An error of the device; nothing is done. */
        IO_ERROR,
        /** No room; nothing is done. */
        NO_ROOM,
        /** Half of a write is done, any other operation wholly; then an error says that it failed. */
        SHORT_WRITE,
        /** It takes longer. */
        DELAY,
        /** The thread is interrupted. */
        INTERRUPT,
        /** The process dies: before the operation; after it where this is sticky. */
        CRASH,
        /** There is no memory left; nothing is done. */
        OUT_OF_MEMORY;

        /** Whether it must harm nobody. */
        boolean isHarmless() {
            return this == DELAY || this == INTERRUPT;
        }

        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The process ended at this operation. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /**
     * @param first  the step at which it happens, from 1 on; 0 for never
     * @param sticky whether it goes on
     */
    FaultyDisk(Fault fault, long first, boolean sticky) {
        this.fault = fault;
        this.first = first;
        this.sticky = sticky;
    }

    Disk over(Disk disk) {
        return InterceptedDisk.of(disk, this);
    }

    @Override
    public synchronized @Nullable Object intercept(Operation it) throws IOException {
        if (dead) {
            throw new Killed();
        }
        String name = it.name();
        steps.add(name);
        if (steps.size() == first) {
            kind = name;
        }
        if (healed || steps.size() < first || !name.equals(kind) || (!sticky && steps.size() > first)) {
            return it.proceed();
        }
        happened++;
        String words = it + " fails on demand";
        return switch (fault) {
            case IO_ERROR -> throw new IOException(words + ": Input/output error");
            case NO_ROOM -> throw new DiskFullException(words + ": No space left on device");
            case SHORT_WRITE -> {
                if (name.equals("write")) {
                    it.proceedWith(3, (int) it.number(3) / 2);
                    throw new DiskFullException(words + " halfway");
                }
                it.proceed();
                throw new IOException(words + " when it was done");
            }
            case DELAY -> {
                LockSupport.parkNanos(DELAY_NANOS);
                yield it.proceed();
            }
            case INTERRUPT -> {
                Thread.currentThread().interrupt();
                yield it.proceed();
            }
            case CRASH -> {
                if (sticky) {
                    it.proceed();
                }
                dead = true;
                throw new Killed();
            }
            case OUT_OF_MEMORY -> throw new OutOfMemoryError(words);
        };
    }

    /** How often it happened. */
    synchronized long happened() {
        return happened;
    }

    /** Whether the process died. */
    synchronized boolean isDead() {
        return dead;
    }

    /** Nothing goes wrong any more. */
    synchronized void heal() {
        healed = true;
        dead = false;
    }

    /** The kinds of all operations so far, in order. */
    synchronized List<String> steps() {
        return List.copyOf(steps);
    }

    /** The kind of operation that it happens to; empty if it did not happen. */
    synchronized String kind() {
        return kind;
    }

    @Override
    public synchronized String toString() {
        return fault.words() + " at step " + first + " (" + kind + ")" + (sticky ? " and from there on" : "");
    }
}
