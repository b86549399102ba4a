package dev.millrace.testkit;

import java.nio.file.Path;

/** Runs a {@link SalesforceService} as a process of its own, for tests that kill it. */
public final class SalesforceServiceMain {
    private SalesforceServiceMain() {}

    /** @param arguments the port (0 for any), and optionally the state file; prints the URL when it is ready */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: SalesforceServiceMain PORT [STATE_FILE]");
            System.exit(2);
        }
        SalesforceService.Builder builder = SalesforceService.builder().port(Integer.parseInt(arguments[0]));
        if (arguments.length == 2) {
            builder.stateFile(Path.of(arguments[1]));
        }
        System.out.println(builder.start().url());
        Thread.currentThread().join();
    }
}
