package dev.millrace.broker.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the broker's process finds its classes: the folder {@code broker-lib} beside the {@code lib} of the
 * distribution, the one that the system property {@code millrace.broker.lib} names, or the class path of this process
 * if Kafka's broker is on it, as it is in tests.
 */
final class BrokerClassPath {
    static final String PROPERTY = "millrace.broker.lib";
    private static final String BROKER_CLASS = "kafka/server/KafkaRaftServer.class";

    private BrokerClassPath() {}

    static String find() {
        Path own = codeOf(BrokerClassPath.class);
        List<Path> folders = new ArrayList<>();
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            folders.add(Path.of(named));
        }
        Path lib = own.getParent();
        if (lib != null) {
            folders.add(lib.resolveSibling("broker-lib"));
            folders.add(lib.resolve("broker-lib"));
        }
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                // The child shares the few classes of ours that stand beside the broker's main class.
                return own
                        + File.pathSeparator
                        + codeOf(MillraceException.class)
                        + File.pathSeparator
                        + folder.resolve("*");
            }
        }
        if (BrokerClassPath.class.getClassLoader().getResource(BROKER_CLASS) != null) {
            return System.getProperty("java.class.path");
        }
        throw new MillraceException(
                ErrorCode.SOURCE_FAILED,
                "the Kafka broker is not part of this installation: there is no folder " + folders,
                null,
                "Name a broker of your own under 'bootstrap_servers', or build Millrace anew.",
                null);
    }

    private static Path codeOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path entry that is no file", e);
        }
    }
}
