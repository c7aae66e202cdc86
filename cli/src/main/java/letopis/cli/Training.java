package letopis.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import letopis.cli.command.Session;
import letopis.cli.terminal.Interruption;
import letopis.cli.terminal.Terminal;

/**
 * Runs what short commands run, so that the start script can keep the classes they need in a cache for the next start. What is
 * printed goes nowhere.
 */
final class Training {
    private Training() {}

    /** @param arguments a directory that does not exist yet; it is left behind */
    public static void main(String[] arguments) throws Exception {
        String data = arguments[0];
        Path lines = Files.writeString(Files.createTempFile("letopis", ".jsonl"),
                "{\"stream\":\"order-9\",\"type\":\"OrderCreated\",\"data\":{\"customer\":\"c-456\"}}\n");
        try {
            for (List<String> command : List.of(List.of("demo"), List.of("import", lines.toString()),
                    List.of("read", "order-1", "--table"),
                    List.of("read", "--all", "--json", "--as-of", "pos:2"),
                    List.of("append", "order-9", "OrderShipped", "{}", "--expect", "0"),
                    List.of("append", "order-9", "OrderShipped", "{}", "--expect", "0"), List.of("streams", "--table"),
                    List.of("types"),
                    List.of("tail", "--limit", "1", "--table"), List.of("stats", "--table"),
                    List.of("verify", "--table"),
                    List.of("doctor"), List.of("export"), List.of("raed"), List.of("--help"), List.of("--version"))) {
                run(command, data);
            }
        } finally {
            Files.delete(lines);
        }
    }

    private static void run(List<String> command, String data) {
        Terminal terminal = Terminal.ofProcess(Map.of("LETOPIS_TTY", "out,err"), Terminal.Color.ALWAYS);
        String[] arguments = command.getFirst().startsWith("-") || command.getFirst().equals("raed")
                ? command.toArray(String[]::new)
                : Stream.concat(command.stream(), Stream.of("--data", data)).toArray(String[]::new);
        int code = Main.run(new Session("letopis", terminal, new Interruption(), InstantSource.system()), arguments);
        terminal.say(command + " ended with " + code);
    }
}
