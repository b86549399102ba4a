package dev.millrace.cli;

/** Which Millrace this is. */
final class Version {
    private Version() {}

    /** {@code 0.1.0}, or {@code development} when it does not run from its jar. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
