package letopis.example.fines;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The log that is imported: the real one where it is at hand, else one like it. Its facts are taken from its text by other
 * means than Letopis'.
 */
record FineLog(Path file, boolean real) {
    private static final Pattern TYPE = Pattern.compile("\"type\":\"(\\w+)\"");
    private static final Pattern STREAM = Pattern.compile("\"stream\":\"([^\"]+)\"");

    /** The real log, or one that is made in this folder. */
    static FineLog find(Path folder) throws IOException {
        Path real = Path.of(System.getProperty("letopis.fines", "no such file"));
        if (Files.isReadable(real)) {
            return new FineLog(real, true);
        }
        IO.println("""
                ==================================================================================================
                NOT TESTED ON THE REAL LOG: %s is missing, and a log like it was made instead.
                Give its path with -Dletopis.fines=FILE (doi 10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5).
                ==================================================================================================
                """.formatted(real));
        return new FineLog(Files.write(folder.resolve("fines.jsonl"), made()), false);
    }

    /** What the log's text says. */
    FineFacts facts() throws IOException {
        TreeMap<String, Long> byType = new TreeMap<>();
        BigDecimal imposed = BigDecimal.ZERO;
        BigDecimal expense = BigDecimal.ZERO;
        BigDecimal paid = BigDecimal.ZERO;
        long events = 0;
        try (BufferedReader lines = open()) {
            for (String line : (Iterable<String>) lines.lines()::iterator) {
                String type = find(TYPE, line);
                events++;
                byType.merge(type, 1L, Long::sum);
                switch (type) {
                    case "CreateFine" -> imposed = imposed.add(number("amount", line));
                    case "SendFine" -> expense = expense.add(number("expense", line));
                    case "Payment" -> paid = paid.add(number("paymentAmount", line));
                    default -> {
                        // only counted
                    }
                }
            }
        }
        return new FineFacts(events, byType, imposed, expense, paid);
    }

    /** How many streams the log's text names. */
    int streams() throws IOException {
        Set<String> names = new HashSet<>();
        try (BufferedReader lines = open()) {
            lines.lines().forEach(line -> names.add(find(STREAM, line)));
        }
        return names.size();
    }

    private BufferedReader open() throws IOException {
        InputStream bytes = Files.newInputStream(file);
        boolean packed = file.toString().endsWith(".gz");
        return new BufferedReader(
                new InputStreamReader(packed ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8));
    }

    private static BigDecimal number(String name, String line) {
        return new BigDecimal(find(Pattern.compile("\"" + name + "\":([-0-9.eE]+)"), line));
    }

    private static String find(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + line);
        }
        return matcher.group(1);
    }

    private static List<String> made() {
        Random random = new Random(2000);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            String begin = "{\"stream\":\"fine-S" + random.nextInt(8_000) + "\",\"type\":\"";
            String time = "\",\"time\":\"2000-01-%02dT00:00:00+01:00\",\"data\":".formatted(1 + i / 1_000);
            String money = random.nextInt(10_000) + "." + random.nextInt(100);
            lines.add(begin + switch (random.nextInt(4)) {
                case 0 -> "CreateFine" + time + "{\"amount\":" + money + ",\"points\":0}}";
                case 1 -> "SendFine" + time + "{\"expense\":" + money + "}}";
                case 2 -> "Payment" + time + "{\"totalPaymentAmount\":0.0,\"paymentAmount\":" + money + "}}";
                default -> "SendForCreditCollection" + time + "{}}";
            });
        }
        return lines;
    }
}
