package letopis.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import letopis.store.Append;
import letopis.store.Read;
import letopis.store.Reading;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A writer in another process is killed at the entry of exactly one system call, or the call fails with an error of the device
 * or for want of room, by the injection of {@code strace}. The calls are those that a sound run makes on files of the store.
 * Says loudly where there is no {@code strace}, or it may not trace.
 *
 * <p>How many: {@code -Dletopis.syscalls.rounds} (24); which: {@code -Dletopis.syscalls.seed}.
 */
@Timeout(7200)
class SystemCallCrashTest {
    private static final int ROUNDS = Integer.getInteger("letopis.syscalls.rounds", 24);
    private static final long SEED = Long.getLong("letopis.syscalls.seed", new Random().nextLong());
    private static final int APPENDS = 12;
    private static final String CALLS = "pwrite64,fdatasync,fsync,rename,openat,unlink";
    private static final Pattern LINE = Pattern.compile("^(\\d+) +(\\w+)\\(.*");

    @TempDir
    Path directory;

    /** The n-th call of a kind that a thread makes. */
    private record Call(String name, int number) {}

    /** What the writer said of an append. */
    private record Told(String what, CrashLoad load, long first, long last) {}

    @Test
    @SuppressWarnings("SystemOut") // says what was tried
    void noSystemCallThatKillsOrFailsBreaksAPromise() throws Exception {
        if (!canTrace()) {
            return;
        }
        List<Call> calls = calls();
        Map<String, Integer> tried = new TreeMap<>();
        Random random = new Random(SEED);
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Call call = calls.get(round % calls.size());
            String action = switch (round % 3) {
                case 0 -> random.nextBoolean() ? "error=EIO" : "error=ENOSPC";
                default -> "signal=KILL";
            };
            Path store = directory.resolve("store-" + round);
            String what = call.name + " " + call.number + " " + action + ", seed " + SEED;
            List<Told> told = write(store, round, "inject=" + call.name + ":" + action + ":when=" + call.number);
            try {
                check(store, round, told);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(what, e);
            }
            acknowledged += (int) told.stream().filter(it -> it.what.equals("acknowledged")).count();
            tried.merge(call.name + " " + action, 1, Integer::sum);
        }
        System.out
                .println(ROUNDS + " writers killed or failed at " + calls.size() + " system calls (seed " + SEED + "): "
                        + tried + ", " + acknowledged + " appends acknowledged");
    }

    /** The planted bug: a system that says it has written what it has not. */
    @Test
    void aWriterThatLosesWhatItAcknowledgedIsCaught() throws Exception {
        if (!canTrace()) {
            return;
        }
        Path store = directory.resolve("lost");
        List<Told> told = write(store, 1, "inject=pwrite64:retval=64:when=8+");
        assertThatThrownBy(() -> check(store, 1, told)).isInstanceOfAny(AssertionError.class, RuntimeException.class);
    }

    private boolean canTrace() throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder("strace", "-f", "-qq", "-o", directory.resolve("try").toString(), "-e",
                    "inject=fdatasync:error=EIO:when=1", "true").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() == 0) {
                return true;
            }
        } catch (IOException e) {
            // there is none
        }
        System.err.println(
                "NOT TESTED: a writer that is killed at single system calls. There is no strace, or it may not "
                        + "trace; install it, and run SystemCallCrashTest where ptrace is allowed.");
        return false;
    }

    /** The calls on files of the store of a run in which nothing goes wrong; one kind after the other. */
    private List<Call> calls() throws Exception {
        Path store = directory.resolve("sound");
        List<Told> told = write(store, 0, "trace=" + CALLS);
        check(store, 0, told);
        assertThat(told).allMatch(it -> it.what.equals("acknowledged")).hasSize(4 * APPENDS);
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Set<Call>> found = new TreeMap<>();
        for (String line : Files.readAllLines(store.resolveSibling(store.getFileName() + ".trace"))) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                String name = matcher.group(2);
                int number = counts.merge(matcher.group(1) + name, 1, Integer::sum);
                if (line.contains(store + "/") || line.contains(store + ">")) {
                    found.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(new Call(name, number));
                }
            }
        }
        assertThat(found.keySet()).contains("pwrite64", "fdatasync", "fsync", "rename", "openat");
        List<List<Call>> kinds = new ArrayList<>();
        found.values().forEach(it -> {
            List<Call> shuffled = new ArrayList<>(it);
            Collections.shuffle(shuffled, new Random(SEED));
            kinds.add(shuffled);
        });
        List<Call> calls = new ArrayList<>();
        for (int i = 0; kinds.stream().mapToInt(List::size).max().orElse(0) > i; i++) {
            for (List<Call> kind : kinds) {
                if (i < kind.size()) {
                    calls.add(kind.get(i));
                }
            }
        }
        return calls;
    }

    /** Lets a traced writer write; what it said. */
    private static List<Told> write(Path store, long seed, String expression) throws Exception {
        List<String> command = List.of("strace", "-f", "--seccomp-bpf", "-qq", "-y", "-o",
                store.resolveSibling(store.getFileName() + ".trace").toString(), "-e", "trace=" + CALLS, "-e",
                expression,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                SystemCallWriter.class.getName(), store.toString(), Long.toString(seed), Integer.toString(APPENDS));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String text;
        try (var output = process.getInputStream()) {
            text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
        process.waitFor();
        List<Told> told = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf("\n") + 1).lines().toList()) {
            String[] parts = line.split(" ", -1);
            if (parts.length > 2) {
                CrashLoad load = new CrashLoad(seed, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
                told.add(parts.length == 5
                        ? new Told(parts[0], load, Long.parseLong(parts[3]), Long.parseLong(parts[4]))
                        : new Told(parts[0], load, 0, 0));
            }
        }
        return told;
    }

    private static void check(Path directory, long seed, List<Told> told) {
        try (EmbeddedEventStore store = EmbeddedEventStore.open(directory)) {
            Map<CrashLoad, Long> there = new HashMap<>();
            List<RecordedEvent> events;
            try (Reading reading = store.read(Read.all())) {
                events = reading.toList();
            }
            for (int at = 0; at < events.size();) {
                CrashLoad load = CrashLoad.of(events.get(at));
                List<Append.Entry> entries = load.append().entries();
                assertThat(events.size() - at).as("events of %s", load).isGreaterThanOrEqualTo(entries.size());
                for (int i = 0; i < entries.size(); i++) {
                    assertThat(events.get(at + i).event()).as("event %s of %s", i, load)
                            .isEqualTo(entries.get(i).event());
                }
                assertThat(there.put(load, events.get(at).position())).as("%s is there twice", load).isNull();
                at += entries.size();
            }
            for (Told one : told) {
                switch (one.what) {
                    case "acknowledged" ->
                        assertThat(there.get(one.load)).as("acknowledged %s", one).isEqualTo(one.first);
                    case "refused" -> assertThat(there).as("refused %s", one).doesNotContainKey(one.load);
                    default -> {
                    }
                }
            }
            CrashLoad more = new CrashLoad(seed, 7, 0);
            assertThat(store.append(more.append()).firstPosition()).isEqualTo(events.size() + 1L);
        }
        assertThat(EmbeddedEventStore.verify(directory, VerifyProgress.NONE).faults()).isEmpty();
    }
}
