package dev.millrace.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlReader;
import org.junit.jupiter.api.Test;

class SalesforceConfigTest {
    @Test
    void a_client_secret_alone_means_client_credentials() {
        SalesforceConfig config = SalesforceConfig.read(yaml("""
                type: salesforce
                login_url: https://shop.my.salesforce.com/
                client_id: app
                client_secret: hush
                api_version: 62.0
                """));
        assertThat(config.url()).hasToString("https://shop.my.salesforce.com");
        assertThat(config.apiVersion()).isEqualTo("v62.0");
        assertThat(config.auth()).isInstanceOf(SalesforceAuth.ClientCredentials.class);
        assertThat(config.auth().form()).containsEntry("grant_type", "client_credentials");
    }

    @Test
    void a_security_token_is_appended_to_the_password() {
        SalesforceConfig config = SalesforceConfig.read(yaml("""
                login_url: https://login.salesforce.com
                client_id: app
                client_secret: hush
                username: me@example.com
                password: mine
                security_token: T0k
                """));
        assertThat(config.auth().form()).containsEntry("password", "mineT0k");
    }

    @Test
    void secrets_are_not_printed() {
        SalesforceConfig config = SalesforceConfig.read(yaml("""
                login_url: https://login.salesforce.com
                client_id: app
                client_secret: hush-hush
                username: me@example.com
                password: mine-alone
                """));
        assertThat(config.toString()).contains("me@example.com").doesNotContain("hush-hush", "mine-alone");
    }

    @Test
    void a_missing_secret_and_a_bad_url_are_named_with_their_place() {
        assertThatThrownBy(() -> SalesforceConfig.read(yaml("login_url: https://x.example.com\nclient_id: app\n")))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_MISSING);
                    assertThat(e).hasMessageContaining("'client_secret' is missing");
                });
        assertThatThrownBy(() -> SalesforceConfig.read(yaml("client_id: app\nlogin_url: salesforce\n")))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
                    assertThat(e.position().orElseThrow().line()).isEqualTo(2);
                });
    }

    private static YamlMap yaml(String text) {
        return YamlReader.parseMap(text, "millrace.yml");
    }
}
