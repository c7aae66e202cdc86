package letopis.journal.file;

/** The names of segment files: {@code 00000001.segment} and so on. */
final class SegmentName {
    static final String ENDING = ".segment";
    static final int DIGITS = 8;
    static final int MAX = 99_999_999;

    private SegmentName() {}

    static String of(int segment) {
        String number = Integer.toString(segment);
        return "0".repeat(DIGITS - number.length()) + number + ENDING;
    }

    /** The number of the segment that a file is; 0 if it is none. */
    static int number(String file) {
        if (file.length() != DIGITS + ENDING.length() || !file.endsWith(ENDING)) {
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
