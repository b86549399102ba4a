package dev.millrace.orchestrate.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlMap;
import java.util.List;

/** The form of {@code alerts:}; its values are rendered when there is something to send. */
public final class AlertKeys {
    public static final List<String> OCCASIONS = List.of("on_failure", "on_success", "on_recovery");

    private AlertKeys() {}

    static void check(YamlMap alerts) {
        alerts.allowOnly(List.of("on_failure", "on_success", "on_recovery", "url"));
        for (String occasion : OCCASIONS) {
            for (YamlMap channel : alerts.maps(occasion)) {
                channel.allowOnly(List.of("slack", "webhook", "headers"));
                if (channel.has("slack") == channel.has("webhook")) {
                    throw new MillraceException(
                            ErrorCode.CONFIG_INVALID,
                            "an alert goes to either 'slack' or 'webhook'",
                            channel.position(),
                            "Write - slack: \"{{ env_var('SLACK_URL') }}\" or - webhook: https://…",
                            null);
                }
                channel.string("slack");
                channel.string("webhook");
                channel.map("headers");
            }
        }
    }
}
