package letopis.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that scavenges, packs or backs up a store, and says on its standard output when it begins; to be killed meanwhile.
 * Arguments: what, the directory of the store, that of the backup.
 */
final class MaintenanceProcess {
    static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withSegmentBytes(64 << 10, 128 << 10);
    private static final long LIFE_NANOS = 20_000_000_000L;

    /** What it does; the last one as it must not be done. */
    enum Work {
        SCAVENGE, PACK, BACKUP, DELETE_BEFORE_THE_NEW_ONE_IS_NAMED
    }

    private MaintenanceProcess() {}

    static Process start(Work work, Path store, Path backup) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                MaintenanceProcess.class.getName(), work.name(), store.toString(), backup.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    public static void main(String[] arguments) throws IOException {
        Path store = Path.of(arguments[1]);
        switch (Work.valueOf(arguments[0])) {
            case SCAVENGE -> {
                try (EmbeddedEventStore opened = EmbeddedEventStore.open(store, OPTIONS)) {
                    begin();
                    opened.scavenge(ScavengeProgress.NONE);
                }
            }
            case PACK -> {
                begin();
                EmbeddedEventStore opened = EmbeddedEventStore.open(store,
                        OPTIONS.withCompression(Compression.DEFLATE));
                LockSupport.parkNanos(LIFE_NANOS);
                opened.close();
            }
            case BACKUP -> {
                begin();
                StoreBackup.make(store, Path.of(arguments[2]), VerifyProgress.NONE);
            }
            case DELETE_BEFORE_THE_NEW_ONE_IS_NAMED -> {
                Files.delete(store.resolve("00000002.segment"));
                begin();
                LockSupport.parkNanos(LIFE_NANOS);
            }
        }
    }

    @SuppressWarnings("SystemOut") // that is how it speaks
    private static void begin() {
        System.out.println("begun");
        System.out.flush();
    }
}
