package dev.millrace.broker;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Starts a broker and tells its process id, in a process that a test kills. */
final class BrokerParent {
    private BrokerParent() {}

    public static void main(String[] arguments) throws Exception {
        KafkaBroker broker = KafkaBroker.start(BrokerSettings.of(Path.of(arguments[0]), 0));
        ProcessHandle child =
                ProcessHandle.current().children().findFirst().orElseThrow(() -> new AssertionError(broker));
        System.out.println(child.pid());
        TimeUnit.MINUTES.sleep(5);
    }
}
