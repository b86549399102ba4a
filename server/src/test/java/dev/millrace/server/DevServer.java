package dev.millrace.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The server with the sample project, for working on the pages: an argument is the folder, another the port. */
final class DevServer {
    private DevServer() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ServerSettings.DEFAULT_PORT;
        try (SamplePlatform platform = new SamplePlatform(folder);
                MillraceServer server = MillraceServer.start(platform, ServerSettings.local(port), "dev")) {
            platform.withStreams();
            platform.runs().submit(dev.millrace.orchestrate.RunRequest.of("build", List.of("+tag:marts")));
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
