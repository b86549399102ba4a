package dev.millrace.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Secret;
import dev.millrace.testkit.SalesforceRequest;
import dev.millrace.testkit.SalesforceService;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SalesforceClientIT {
    private final SalesforceService service = SalesforceService.builder().start();
    private final SalesforceClient client = client(credentials("millrace-secret"));

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void an_object_is_described_with_the_kinds_of_its_fields() {
        ObjectDescription account = client.describe("Account");
        assertThat(account.field("health_score__c")).hasValueSatisfying(field -> {
            assertThat(field.type()).isEqualTo("double");
            assertThat(field.precision()).isEqualTo(18);
            assertThat(field.scale()).isEqualTo(2);
            assertThat(field.nillable()).isTrue();
        });
        assertThat(account.field("External_Id__c")).hasValueSatisfying(field -> {
            assertThat(field.externalId()).isTrue();
            assertThat(field.length()).isEqualTo(64);
        });
        assertThat(account.field("SystemModstamp"))
                .hasValueSatisfying(field -> assertThat(field.updateable()).isFalse());
        assertThat(account.field("Type"))
                .hasValueSatisfying(field -> assertThat(field.picklistValues()).contains("Prospect"));
        assertThat(client.objects()).contains("Account", "Contact", "Lead", "Opportunity");
    }

    @Test
    void an_unknown_object_is_a_stream_that_is_not_found() {
        assertThatThrownBy(() -> client.describe("Acount")).isInstanceOfSatisfying(SalesforceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STREAM_NOT_FOUND);
            assertThat(e.errorCode()).isEqualTo("NOT_FOUND");
            assertThat(e.httpStatus()).hasValue(404);
        });
    }

    @Test
    void a_long_result_comes_in_pages() {
        for (int batch = 0; batch < 3; batch++) {
            client.upsert("Account", "External_Id__c", accounts(batch * 200, 200));
        }
        Iterator<QueryPage> pages = client.query("SELECT Id, External_Id__c FROM Account ORDER BY External_Id__c", 200);
        List<String> keys = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        pages.forEachRemaining(page -> {
            assertThat(page.totalSize()).isEqualTo(600);
            sizes.add(page.records().size());
            page.records().forEach(record -> {
                assertThat(record.has("attributes")).isFalse();
                keys.add(record.path("External_Id__c").asText());
            });
        });
        assertThat(sizes).containsExactly(200, 200, 200);
        assertThat(keys).isSorted().doesNotHaveDuplicates().hasSize(600);
        assertThat(client.count("SELECT COUNT() FROM Account WHERE External_Id__c < 'c00010'"))
                .isEqualTo(10);
    }

    @Test
    void an_upsert_creates_then_updates_and_refuses_record_by_record() {
        ObjectNode good = account("c1").put("Health_Score__c", new BigDecimal("71.25"));
        ObjectNode nameless = object().put("External_Id__c", "c2");
        assertThat(client.upsert("Account", "External_Id__c", List.of(good, nameless)))
                .satisfiesExactly(
                        created -> {
                            assertThat(created.success()).isTrue();
                            assertThat(created.created()).isTrue();
                            assertThat(created.id().orElseThrow())
                                    .startsWith("001")
                                    .hasSize(18);
                        },
                        refused -> {
                            assertThat(refused.success()).isFalse();
                            assertThat(refused.errors()).singleElement().satisfies(error -> {
                                assertThat(error.statusCode()).isEqualTo("REQUIRED_FIELD_MISSING");
                                assertThat(error.fields()).containsExactly("Name");
                            });
                        });
        assertThat(client.upsert("Account", "External_Id__c", List.of(good)))
                .singleElement()
                .satisfies(again -> assertThat(again.created()).isFalse());
        assertThat(service.records("Account")).hasSize(1);
    }

    @Test
    void records_are_written_by_id_and_deleted() {
        String id = client.create("Account", List.of(account("c1"))).get(0).id().orElseThrow();
        ObjectNode change = object().put("Id", id).put("Industry", "Retail");
        assertThat(client.upsert("Account", "Id", List.of(change))).allMatch(SaveResult::success);
        assertThat(client.update("Account", List.of(change.deepCopy().put("Phone", "1"))))
                .allMatch(SaveResult::success);
        assertThat(service.records("Account"))
                .singleElement()
                .satisfies(record ->
                        assertThat(record).containsEntry("Industry", "Retail").containsEntry("Phone", "1"));
        assertThat(client.upsert("Account", "Id", List.of(object().put("Id", "42"))))
                .singleElement()
                .satisfies(result ->
                        assertThat(result.errors().get(0).statusCode()).isEqualTo("MALFORMED_ID"));
        assertThat(client.delete(List.of(id))).allMatch(SaveResult::success);
        assertThat(client.count("SELECT COUNT() FROM Account")).isZero();
        assertThat(client.queryAll("SELECT Id, IsDeleted FROM Account").next().records())
                .singleElement()
                .satisfies(record ->
                        assertThat(record.path("IsDeleted").asBoolean()).isTrue());
    }

    @Test
    void every_way_to_sign_in_works() {
        Secret secret = Secret.of("millrace-secret");
        List<SalesforceAuth> ways = List.of(
                new SalesforceAuth.ClientCredentials("millrace", secret),
                new SalesforceAuth.Password("millrace", secret, "demo@millrace.example", Secret.of("demo-password")),
                new SalesforceAuth.RefreshToken("millrace", Optional.of(secret), Secret.of("demo-refresh-token")),
                new SalesforceAuth.AccessToken(Secret.of(service.accessToken())));
        for (SalesforceAuth way : ways) {
            assertThat(client(way).objects()).isNotEmpty();
        }
    }

    @Test
    void a_wrong_secret_is_an_error_at_once_that_does_not_show_it() {
        assertThatThrownBy(() -> client(credentials("wrong-secret")).objects())
                .isInstanceOfSatisfying(SalesforceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
                    assertThat(e.errorCode()).isEqualTo("invalid_client");
                    assertThat(e.toString()).doesNotContain("wrong-secret");
                });
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void an_expired_token_is_renewed_once() {
        client.objects();
        service.expireTokens();
        assertThat(client.objects()).isNotEmpty();
        assertThat(service.requests().stream().map(SalesforceRequest::status)).containsExactly(200, 200, 401, 200, 200);
    }

    @Test
    void a_given_token_that_expired_is_an_error() {
        SalesforceClient given = client(new SalesforceAuth.AccessToken(Secret.of(service.accessToken())));
        service.expireTokens();
        assertThatThrownBy(given::objects).isInstanceOfSatisfying(SalesforceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
            assertThat(e.errorCode()).isEqualTo("INVALID_SESSION_ID");
        });
    }

    @Test
    void what_may_pass_is_tried_again() {
        service.faults()
                .unavailable(1)
                .tooManyRequests(1, Duration.ZERO)
                .requestLimitExceeded(1)
                .dropRequests(1);
        assertThat(client.objects()).isNotEmpty();
    }

    @Test
    void attempts_have_a_limit() {
        service.faults().unavailable(100);
        assertThatThrownBy(client::objects).isInstanceOfSatisfying(SalesforceException.class, e -> {
            assertThat(e.errorCode()).isEqualTo("SERVER_UNAVAILABLE");
            assertThat(e.httpStatus()).hasValue(503);
        });
        assertThat(service.requests().stream().filter(request -> request.status() == 503))
                .hasSize(5);
    }

    @Test
    void a_bad_query_is_not_tried_again() {
        assertThatThrownBy(() -> client.query("SELECT Nope FROM Account").next())
                .isInstanceOfSatisfying(SalesforceException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo("INVALID_FIELD");
                    assertThat(e).hasMessageContaining("No such column 'Nope'");
                });
        assertThat(service.requests()).hasSize(2);
    }

    @Test
    void an_upsert_whose_answer_is_lost_is_repeated_and_changes_nothing_more() {
        client.objects();
        service.faults().dropAnswers(1);
        assertThat(client.upsert("Account", "External_Id__c", accounts(0, 3)))
                .allSatisfy(result -> assertThat(result.created()).isFalse());
        assertThat(service.records("Account")).hasSize(3);
    }

    @Test
    void a_create_whose_answer_is_lost_is_not_repeated() {
        client.objects();
        service.faults().dropAnswers(1);
        assertThatThrownBy(() -> client.create("Account", accounts(0, 3)))
                .isInstanceOfSatisfying(
                        SalesforceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_LOST));
        assertThat(service.records("Account")).hasSize(3);
    }

    @Test
    void an_unreachable_service_is_a_refused_connection() {
        service.close();
        assertThatThrownBy(client::objects).isInstanceOfSatisfying(SalesforceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
            assertThat(e).hasMessageContaining(service.url().toString());
        });
    }

    @Test
    void a_slow_answer_is_a_timeout() {
        service.faults().latency(Duration.ofMinutes(1));
        SalesforceClient hasty = new SalesforceClient(config(credentials("millrace-secret"))
                .withRetries(1, Duration.ofMillis(1))
                .withRequestTimeout(Duration.ofSeconds(2)));
        assertThatThrownBy(hasty::objects)
                .isInstanceOfSatisfying(
                        SalesforceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    }

    @Test
    void no_try_begins_after_the_retry_limit_and_every_retry_is_told() {
        service.faults().latency(Duration.ofMinutes(1));
        List<String> told = new CopyOnWriteArrayList<>();
        SalesforceClient hasty = new SalesforceClient(
                config(credentials("millrace-secret"))
                        .withRetries(100, Duration.ofMillis(1))
                        .withRequestTimeout(Duration.ofSeconds(1))
                        .withRetryLimit(Duration.ofMillis(1_500)),
                told::add);
        assertThatThrownBy(hasty::objects)
                .isInstanceOfSatisfying(
                        SalesforceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(told)
                .isNotEmpty()
                .hasSizeLessThan(4)
                .first()
                .satisfies(line -> assertThat(line)
                        .contains("no answer from Salesforce at " + service.url() + " after 1 s, when asked to")
                        .endsWith("; trying again now (2 of 100)"));
    }

    @Test
    void retry_after_is_waited_for_until_someone_cancels() {
        service.faults().tooManyRequests(100, Duration.ofSeconds(50));
        CompletableFuture<List<String>> asked = CompletableFuture.supplyAsync(client::objects);
        Awaitility.await().until(() -> service.requests().stream().anyMatch(request -> request.status() == 429));
        client.cancel();
        assertThat(asked)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void the_daily_allowance_is_known_from_any_answer() {
        assertThat(client.lastUsage()).isEmpty();
        client.objects();
        assertThat(client.lastUsage()).contains(new ApiUsage(1, 1_000_000));
        assertThat(client.limits().used()).isEqualTo(2);
    }

    @Test
    void text_in_any_language_goes_there_and_back() {
        ObjectNode record = account("ключ 1+1/2&3").put("Name", "O'Hara & Søn \"β\" 漢字 🙂");
        client.upsert("Account", "External_Id__c", List.of(record));
        assertThat(client.query("SELECT Name FROM Account WHERE Name = 'O\\'Hara & Søn \\\"β\\\" 漢字 🙂'")
                        .next()
                        .records())
                .singleElement()
                .satisfies(found -> assertThat(found.path("Name").asText()).isEqualTo("O'Hara & Søn \"β\" 漢字 🙂"));
    }

    @Test
    void more_than_200_records_are_a_mistake_of_the_caller() {
        assertThatThrownBy(() -> client.upsert("Account", "External_Id__c", accounts(0, 201)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(client.upsert("Account", "External_Id__c", List.of())).isEmpty();
        assertThat(service.requests()).isEmpty();
    }

    private SalesforceClient client(SalesforceAuth auth) {
        return new SalesforceClient(config(auth));
    }

    private SalesforceConfig config(SalesforceAuth auth) {
        URI url = service.url();
        return SalesforceConfig.of(url, auth).withRetries(5, Duration.ofMillis(5));
    }

    private static SalesforceAuth credentials(String secret) {
        return new SalesforceAuth.ClientCredentials("millrace", Secret.of(secret));
    }

    private static List<ObjectNode> accounts(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(number -> account(String.format("c%05d", number)))
                .toList();
    }

    private static ObjectNode account(String key) {
        return object().put("External_Id__c", key).put("Name", "Account " + key);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
