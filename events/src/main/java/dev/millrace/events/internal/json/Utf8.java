package dev.millrace.events.internal.json;

/** UTF-8 as RFC 3629 has it: nothing overlong, no surrogates, nothing above U+10FFFF. Stateless. */
public final class Utf8 {
    private Utf8() {}

    /** Whether all of {@code bytes[offset, offset + length)} is valid. */
    public static boolean isValid(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int i = offset;
        while (i < end) {
            if (bytes[i] >= 0) {
                i++;
            } else {
                i = next(bytes, i, end);
                if (i < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Behind the character of several bytes that begins at {@code i}; negative if it is not valid. */
    static int next(byte[] bytes, int i, int end) {
        int lead = bytes[i] & 0xff;
        int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (lead < 0xc2 || lead > 0xf4 || i + length > end) {
            return -i;
        }
        int second = bytes[i + 1] & 0xff;
        int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return -i;
        }
        for (int k = i + 2; k < i + length; k++) {
            if ((bytes[k] & 0xc0) != 0x80) {
                return -i;
            }
        }
        return i + length;
    }
}
