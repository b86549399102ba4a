package dev.millrace.activate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.ProblemsException;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import dev.millrace.testkit.SalesforceRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a sync does when something is wrong. */
class SyncFailuresIT extends CrmScenario {
    @Test
    void passing_troubles_of_the_service_are_waited_out() {
        tenants(1, 250);
        crm.faults().onlyFor("composite").unavailable(1).tooManyRequests(1, Duration.ofSeconds(1));

        assertThat(rig.run().status()).isEqualTo(Status.SUCCESS);

        assertThat(writes()).extracting(SalesforceRequest::status).containsExactly(503, 429, 200, 200);
        assertDestinationEqualsModel();
    }

    @Test
    void a_token_that_expires_is_renewed() {
        tenants(1, 450);
        AtomicBoolean expired = new AtomicBoolean();

        NodeResult result = rig.run((event, stop) -> {
            if (event instanceof RunEvent.NodeProgressed && expired.compareAndSet(false, true)) {
                crm.expireTokens();
            }
        });

        assertThat(result.message()).isEqualTo("sent 450 of 450 rows (0 unchanged)");
        assertThat(writes()).extracting(SalesforceRequest::status).contains(401);
        assertDestinationEqualsModel();
    }

    @Test
    void a_batch_whose_answer_was_lost_is_sent_again_and_nothing_is_doubled() {
        tenants(1, 450);
        crm.faults().onlyFor("composite").dropAnswers(2);

        assertThat(rig.run().message()).isEqualTo("sent 450 of 450 rows (0 unchanged)");

        assertThat(crm.records("Tenant__c")).hasSize(450);
        assertDestinationEqualsModel();
    }

    @Test
    void a_failure_keeps_what_was_acknowledged_and_the_next_run_goes_on_from_there() {
        tenants(1, 450);
        AtomicBoolean broken = new AtomicBoolean();

        NodeResult failed = rig.run((event, stop) -> {
            if (event instanceof RunEvent.NodeProgressed && broken.compareAndSet(false, true)) {
                crm.faults().serverError(100);
            }
        });

        assertThat(error(failed).code()).isEqualTo(ErrorCode.DESTINATION_FAILED);
        assertThat(rig.log()).contains("200 rows had been delivered; the next run goes on from there");

        crm.faults().clear();

        assertThat(rig.run().message()).isEqualTo("sent 250 of 450 rows (200 unchanged)");
        assertDestinationEqualsModel();
    }

    @Test
    void a_cancelled_sync_stops_after_the_batch_that_is_under_way() {
        tenants(1, 1000);

        NodeResult cancelled = rig.run((event, stop) -> {
            if (event instanceof RunEvent.NodeProgressed) {
                stop.run();
            }
        });

        assertThat(error(cancelled).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(crm.records("Tenant__c")).hasSize(200);
        assertThat(rig.run().message()).isEqualTo("sent 800 of 1,000 rows (200 unchanged)");
    }

    @Test
    void cancelling_ends_a_wait_for_the_next_try() {
        tenants(1, 10);
        crm.faults().onlyFor("composite").tooManyRequests(100, Duration.ofSeconds(50));

        NodeResult cancelled = rig.run((event, stop) -> {
            if (event instanceof RunEvent.NodeStarted) {
                Thread canceller = new Thread(
                        () -> {
                            Awaitility.await().until(() -> !writes().isEmpty());
                            stop.run();
                        },
                        "canceller");
                canceller.start();
            }
        });

        assertThat(error(cancelled).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(writes()).hasSize(1);
    }

    @Test
    void fields_that_are_not_there_or_read_only_are_told_at_their_lines_before_anything_is_sent() {
        mapping("tenant_no: Tenant_No__c", "rent: Rentt__c", "active: Activ__c");
        tenants(1, 3);

        MillraceException unknown = error(rig.run());

        assertThat(((ProblemsException) unknown).problems())
                .extracting(MillraceException::text)
                .containsExactly(
                        "object 'Tenant__c' has no field 'Rentt__c'", "object 'Tenant__c' has no field 'Activ__c'");
        assertThat(((ProblemsException) unknown).problems().get(0)).satisfies(first -> {
            assertThat(first.hint()).contains("Did you mean 'Rent__c'?");
            assertThat(first.position().orElseThrow().toString()).isEqualTo("syncs.yml:8:13");
        });

        mapping("tenant_no: Tenant_No__c", "rent: Score__c");

        assertThat(error(rig.run()).text()).isEqualTo("field 'Score__c' cannot be written");
        assertThat(writes()).isEmpty();
    }

    @Test
    void a_key_that_does_not_identify_a_record_is_an_error() {
        tenants(1, 1);

        mapping("rent: Rent__c");
        assertThat(error(rig.run()).text()).isEqualTo("no mapped field identifies a record of 'Tenant__c'");

        mapping("tenant_no: Tenant_No__c", "sf_id: Passport__c");
        assertThat(error(rig.run()).text())
                .isEqualTo("several mapped fields identify a record of 'Tenant__c': Tenant_No__c, Passport__c");

        mapping("tenant_no: Tenant_No__c", "rent: Rent__c\n    key: Rent__c");
        assertThat(error(rig.run()).text()).isEqualTo("'Rent__c' is not an external id of 'Tenant__c'");
        assertThat(writes()).isEmpty();
    }

    @Test
    void an_unknown_object_is_told_with_the_nearest_one() {
        project().write("syncs.yml", SYNC.replace("Tenant__c}", "Tenent__c}"));

        MillraceException error = error(rig.run());

        assertThat(error.code()).isEqualTo(ErrorCode.STREAM_NOT_FOUND);
        assertThat(error.text()).isEqualTo("'crm' has no object 'Tenent__c'");
        assertThat(error.hint()).contains("Did you mean 'Tenant__c'?");
        assertThat(error.position().orElseThrow().toString()).isEqualTo("syncs.yml:5:41");
    }

    @Test
    void a_wrong_secret_is_an_authentication_error_that_does_not_show_it() {
        project().salesforceAt(crm.url().toString(), "guessed-secret");
        rig.close();
        rig = SyncRig.open(folder);

        MillraceException error = error(rig.run());

        assertThat(error.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
        assertThat(error.text() + error.hint()).doesNotContain("guessed-secret");
    }

    @Test
    void a_destination_that_is_not_there_is_a_refused_connection() {
        String url = crm.url().toString();
        crm.close();
        project()
                .write(
                        "millrace.yml",
                        "sources:\n  crm: {type: salesforce, login_url: '" + url
                                + "', client_id: a, client_secret: b, max_attempts: 1}\n");
        rig.close();
        rig = SyncRig.open(folder);

        assertThat(error(rig.run()).code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
    }

    @Test
    void a_model_that_was_not_built_is_told_before_the_destination_is_asked() {
        rig.sql("drop table main.tenants");

        assertThat(rig.run().message()).isEqualTo("model.clinic.tenants has not been built: there is no main.tenants");
        assertThat(crm.requests()).isEmpty();
    }
}
