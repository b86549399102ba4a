package dev.millrace.transform.internal.cache;

/** Says that something cannot be kept beyond this process. Such a project is parsed each time. */
final class NotCacheable extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotCacheable(String what) {
        super(what);
    }
}
