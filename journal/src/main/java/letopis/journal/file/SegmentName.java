package letopis.journal.file;

import java.io.IOException;
import java.util.List;

import letopis.journal.disk.Disk;

/** The names of segment files: {@code 00000001.segment} and so on, or {@code 00000001.packed} where a segment was packed. */
final class SegmentName {
    static final String ENDING = ".segment";
    static final String PACKED_ENDING = ".packed";
    static final int DIGITS = 8;
    static final int MAX = 99_999_999;

    private SegmentName() {}

    static String of(int segment) {
        return digits(segment) + ENDING;
    }

    /** The name of its packed form. */
    static String packed(int segment) {
        return digits(segment) + PACKED_ENDING;
    }

    private static String digits(int segment) {
        String number = Integer.toString(segment);
        return "0".repeat(DIGITS - number.length()) + number;
    }

    /** The names of the files that a segment can be in; where two of them are there, the first counts. */
    static List<String> forms(int segment) {
        return List.of(packed(segment), of(segment));
    }

    /** The file that a segment is in. */
    static String file(Disk disk, int segment) throws IOException {
        List<String> names = disk.list();
        return forms(segment).stream().filter(names::contains).findFirst().orElse(of(segment));
    }

    /** The number of the segment that a file is, in either form; 0 if it is none. */
    static int number(String file) {
        return Math.max(number(file, ENDING), packedNumber(file));
    }

    /** The number of the segment that a file is in packed form; 0 if it is not. */
    static int packedNumber(String file) {
        return number(file, PACKED_ENDING);
    }

    private static int number(String file, String ending) {
        if (file.length() != DIGITS + ending.length() || !file.endsWith(ending)) {
            return 0;
        }
        int number = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = file.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
