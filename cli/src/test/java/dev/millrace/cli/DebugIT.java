package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Terminal.Said;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.SalesforceService;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code millrace debug} says of the systems outside. */
class DebugIT {
    @TempDir
    private Path folder;

    private SmallProject project;

    @BeforeEach
    void makeProject() throws IOException {
        project = SmallProject.in(folder).model("loans", "select 1 as id");
    }

    @Test
    void it_signs_in_everywhere_and_says_what_is_there() throws IOException {
        try (PostgresServer server = PostgresServer.builder().start();
                SalesforceService crm = SalesforceService.builder().start()) {
            settings(server, server.password(), crm, "millrace-secret");

            Said said = MillraceProcess.run(folder, "debug");

            assertThat(said.code()).as(said.out() + said.err()).isZero();
            assertThat(said.out())
                    .containsPattern("source branch +OK +PostgreSQL \\d+.* at 127.0.0.1:" + server.port()
                            + ", database postgres, user postgres, wal_level replica")
                    .containsPattern("destination crm +OK +Salesforce at " + crm.url() + ", API v64.0, \\d+ of");
        }
    }

    @Test
    void each_that_refuses_is_an_error_with_its_code_and_hint() throws IOException {
        try (PostgresServer server = PostgresServer.builder().start();
                SalesforceService crm = SalesforceService.builder().start()) {
            settings(server, "wrong-password", crm, "wrong-secret");

            Said said = MillraceProcess.run(folder, "debug");

            assertThat(said.code()).isEqualTo(1);
            assertThat(said.out())
                    .containsPattern("source branch +ERROR\n +error\\[AUTHENTICATION_FAILED\\]")
                    .contains("Check 'user' and 'password' of source 'branch'")
                    .containsPattern("destination crm +ERROR\n +error\\[AUTHENTICATION_FAILED\\]")
                    .containsPattern("files +OK")
                    .doesNotContain("wrong-password")
                    .doesNotContain("wrong-secret");
        }
    }

    private void settings(PostgresServer server, String password, SalesforceService crm, String secret)
            throws IOException {
        project.file("millrace.yml", """
                sources:
                  branch: {type: postgres, host: 127.0.0.1, port: %d, user: %s, password: %s, database: %s}
                destinations:
                  crm: {type: salesforce, login_url: "%s", client_id: %s, client_secret: %s}
                """.formatted(
                        server.port(), server.user(), password, server.database(), crm.url(), "millrace", secret));
    }
}
