package dev.millrace.server;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Problems;
import dev.millrace.core.Secret;
import dev.millrace.core.Suggestion;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code server:} section of millrace.yml.
 *
 * @param host the address to listen on; {@code 127.0.0.1} unless set
 * @param port 0 for any that is free
 * @param tokens who may use the server; empty means everybody on this machine
 * @param hosts further names by which browsers reach it, without a port: what a reverse proxy is called
 */
public record ServerSettings(String host, int port, List<Token> tokens, Set<String> hosts) {
    public static final int DEFAULT_PORT = 8085;
    private static final int SHORTEST_TOKEN = 16;

    public ServerSettings {
        tokens = List.copyOf(tokens);
        hosts = Set.copyOf(hosts);
    }

    /** This machine only, without tokens. */
    public static ServerSettings local(int port) {
        return new ServerSettings("127.0.0.1", port, List.of(), Set.of());
    }

    /** The same on another address, as the command line may ask. */
    public ServerSettings withAddress(Optional<String> otherHost, Optional<Integer> otherPort) {
        return new ServerSettings(otherHost.orElse(host), otherPort.orElse(port), tokens, hosts);
    }

    /** Whether only programs of this machine can reach it. */
    public boolean loopback() {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Reads the section.
     *
     * @throws MillraceException CONFIG_INVALID, CONFIG_MISSING or ENV_VAR_MISSING with every mistake in it, at its
     *     place
     */
    public static ServerSettings of(Project project) {
        Optional<YamlMap> section = project.settings().map("server").map(project::render);
        if (section.isEmpty()) {
            return local(DEFAULT_PORT);
        }
        YamlMap yaml = section.get();
        Problems problems = new Problems();
        problems.collect(() -> yaml.allowOnly(List.of("host", "port", "tokens", "hosts", "sql")));
        String host = value(problems, () -> yaml.string("host").orElse("127.0.0.1"), "127.0.0.1");
        int port = value(problems, () -> port(yaml), DEFAULT_PORT);
        List<Token> tokens = tokens(project, yaml, problems);
        Set<String> hosts = value(problems, () -> lower(yaml.strings("hosts")), Set.<String>of());
        problems.throwIfAny();
        ServerSettings settings = new ServerSettings(host, port, tokens, hosts);
        settings.requireTokens(yaml.positionOf("host"));
        return settings;
    }

    /**
     * Refuses an address that others can reach while nobody has to show a token.
     *
     * @throws MillraceException CONFIG_INVALID
     */
    public void requireTokens(@Nullable Position position) {
        if (tokens.isEmpty() && !loopback()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "the server would listen on " + host + ", which other machines can reach, without any token",
                    position,
                    "Add 'tokens:' under 'server:' in millrace.yml, or listen on 127.0.0.1.",
                    null);
        }
    }

    private static int port(YamlMap yaml) {
        YamlNode node = yaml.get("port").orElse(null);
        if (node == null) {
            return DEFAULT_PORT;
        }
        // A template such as env_var() gives a text.
        String text = node instanceof YamlScalar scalar ? scalar.text() : "";
        int port;
        try {
            port = Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            port = -1;
        }
        if (port < 0 || port > 65535) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'port' must be a whole number from 0 to 65535, but is " + node.describe(),
                    node.position(),
                    null,
                    null);
        }
        return port;
    }

    private static List<Token> tokens(Project project, YamlMap yaml, Problems problems) {
        List<Token> tokens = new ArrayList<>();
        Set<String> names = new HashSet<>();
        problems.collect(() -> {
            for (YamlMap item : yaml.maps("tokens")) {
                problems.collect(() -> {
                    Token token = token(project, item);
                    if (!names.add(token.name())) {
                        throw new MillraceException(
                                ErrorCode.CONFIG_INVALID,
                                "two tokens are named '" + token.name() + "'",
                                item.positionOf("name"),
                                "Give one of them another name.",
                                null);
                    }
                    tokens.add(token);
                });
            }
        });
        return tokens;
    }

    private static Token token(Project project, YamlMap item) {
        item.allowOnly(List.of("name", "role", "token"));
        String name = item.requireString("name");
        Role role = role(item);
        String variable = item.requireString("token");
        String secret = project.invocation().environment().get(variable);
        if (secret == null || secret.isBlank()) {
            throw new MillraceException(
                    ErrorCode.ENV_VAR_MISSING,
                    "the environment variable '" + shown(variable) + "', which holds the token of '" + name
                            + "', is not set",
                    item.require("token").position(),
                    "'token' names an environment variable; export it with at least " + SHORTEST_TOKEN
                            + " random characters.",
                    null);
        }
        if (secret.length() < SHORTEST_TOKEN) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "the token of '" + name + "' has " + secret.length() + " characters",
                    item.require("token").position(),
                    "Use at least " + SHORTEST_TOKEN + " random characters: openssl rand -hex 32",
                    null);
        }
        return new Token(name, role, Secret.of(secret));
    }

    /** A name of a variable as it is; what looks like a secret written in its place is not repeated. */
    private static String shown(String variable) {
        return variable.matches("[A-Z][A-Z0-9_]{0,60}") ? variable : "…";
    }

    private static Role role(YamlMap item) {
        String text = item.requireString("role");
        List<String> known = Arrays.stream(Role.values()).map(Role::key).toList();
        return Arrays.stream(Role.values())
                .filter(role -> role.key().equals(text))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "'role' must be viewer, operator or admin, but is '" + text + "'",
                        item.require("role").position(),
                        Suggestion.hint(text, known),
                        null));
    }

    private static Set<String> lower(List<String> names) {
        Set<String> lower = new HashSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }

    private static <T> T value(Problems problems, java.util.function.Supplier<T> read, T otherwise) {
        try {
            return read.get();
        } catch (MillraceException e) {
            problems.add(e);
            return otherwise;
        }
    }
}
