package dev.millrace.cli.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "  password: hunter22",
                "  shop: {type: postgres, password: hunter22, port: 1}",
                "  client_secret: 'hunter22'",
                "  \"access_token\": \"hunter22\"",
                "  pass: hunter22 # not so good",
                "auth: {token: hunter22}"
            })
    void what_is_written_as_a_secret_is_hidden_and_nothing_moves(String line) {
        assertThat(Secrets.hidden(line))
                .doesNotContain("hunter22")
                .contains("****")
                .hasSameSizeAs(line);
    }

    @Test
    void other_values_and_templates_stay() {
        String line = "  shop: {user: me, password: \"{{ env_var('PW') }}\", port: 1}";

        assertThat(Secrets.hidden(line)).isEqualTo(line);
        assertThat(Secrets.hidden("compass: north")).isEqualTo("compass: north");
        assertThat(Secrets.hidden("password:")).isEqualTo("password:");
    }
}
