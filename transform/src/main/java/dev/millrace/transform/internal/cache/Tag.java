package dev.millrace.transform.internal.cache;

/** What kind of value follows. */
final class Tag {
    static final int NULL = 0;
    static final int TEXT = 1;
    static final int TRUE = 2;
    static final int FALSE = 3;
    static final int LONG = 4;
    static final int INTEGER = 5;
    static final int DOUBLE = 6;
    static final int LIST = 7;
    static final int MAP = 8;
    static final int SET = 9;
    static final int BIG_INTEGER = 10;
    static final int DATE = 11;
    static final int DATE_TIME = 12;
    static final int OFFSET_DATE_TIME = 13;

    private Tag() {}
}
