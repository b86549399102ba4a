package dev.millrace.transform.internal.deps;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Gets what packages are made of from outside: addresses and repositories. */
final class Fetcher {
    private static final String ALTERNATIVE =
            "Where the network is closed, put the package's folder into dbt_packages/ yourself, or name it with local:.";
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    /** What stands at an http(s) address, a file: address or a path. */
    InputStream open(String address, Path root, Position position) {
        try {
            if (!address.startsWith("http://") && !address.startsWith("https://")) {
                Path file = address.startsWith("file:") ? Path.of(URI.create(address)) : root.resolve(address);
                return Files.newInputStream(file);
            }
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(URI.create(address)).timeout(LIMIT).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                answer.body().close();
                throw new MillraceException(
                        ErrorCode.SOURCE_FAILED,
                        address + " answered " + answer.statusCode(),
                        position,
                        answer.statusCode() == 404 ? "Check the package's name." : ALTERNATIVE,
                        null);
            }
            return answer.body();
        } catch (IOException | IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.CONNECTION_REFUSED,
                    "cannot reach " + address + ": " + e.getClass().getSimpleName()
                            + (e.getMessage() == null ? "" : " " + e.getMessage()),
                    position,
                    ALTERNATIVE,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "stopped while getting " + address, e);
        }
    }

    /**
     * Clones a repository at a revision into {@code folder}, which does not exist yet.
     *
     * @return the commit
     */
    String checkOut(PackageSpec.Git spec, Path folder) {
        git(spec, folder.resolveSibling("."), List.of("clone", "--quiet", "--", spec.url(), folder.toString()));
        spec.revision().ifPresent(revision -> {
            if (revision.startsWith("-")) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID, "'" + revision + "' is no revision", spec.position(), null, null);
            }
            git(spec, folder, List.of("checkout", "--quiet", revision));
        });
        return git(spec, folder, List.of("rev-parse", "HEAD")).strip();
    }

    private static String git(PackageSpec.Git spec, Path folder, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().keySet().removeIf(name -> name.equals("GIT_DIR") || name.equals("GIT_WORK_TREE"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new MillraceException(ErrorCode.TIMEOUT, "git took too long: " + spec.url());
            }
            if (process.exitValue() != 0) {
                throw new MillraceException(
                        ErrorCode.SOURCE_FAILED,
                        "git " + arguments.get(0) + " of " + spec.url() + " failed: " + said.strip(),
                        spec.position(),
                        ALTERNATIVE,
                        null);
            }
            return said;
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.SOURCE_FAILED,
                    "git cannot be run: " + e.getMessage(),
                    spec.position(),
                    "Install git, or put the package's folder into dbt_packages/ yourself.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "stopped while getting " + spec.url(), e);
        }
    }
}
