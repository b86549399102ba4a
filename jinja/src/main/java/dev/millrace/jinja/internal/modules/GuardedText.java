package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.JinjaException;

/** Text that ends a regular expression which looks at it for too long, or whose thread is interrupted. */
final class GuardedText implements CharSequence {
    private static final long MAX_READS = 500_000_000L;
    private static final long CHECK_MASK = 0xffff;

    private final String text;
    private long reads;

    GuardedText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        long count = ++reads;
        if (count > MAX_READS) {
            throw JinjaException.limit("regular expression takes too long");
        } else if ((count & CHECK_MASK) == 0 && Thread.currentThread().isInterrupted()) {
            throw JinjaException.limit("rendering was interrupted");
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
