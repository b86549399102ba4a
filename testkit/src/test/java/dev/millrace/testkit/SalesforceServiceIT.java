package dev.millrace.testkit;

import static dev.millrace.testkit.SalesforceHttp.V60;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testkit.SalesforceHttp.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalesforceServiceIT {
    private static final String UPSERT = V60 + "composite/sobjects/Account/External_Id__c";

    @TempDir
    Path folder;

    private final SalesforceService service = SalesforceService.builder()
            .object(
                    "Ticket__c",
                    SalesforceField.text("Subject__c", 20),
                    SalesforceField.picklist("Level__c", "low", "high"))
            .dailyLimit(5_000)
            .start();
    private final SalesforceHttp http = new SalesforceHttp(service);

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void tokens_are_given_for_good_credentials_only() throws Exception {
        String client = "&client_id=millrace&client_secret=millrace-secret";
        Answer granted = http.token("grant_type=client_credentials" + client);
        assertThat(granted.status()).isEqualTo(200);
        assertThat(granted.json().path("instance_url").asText())
                .isEqualTo(service.url().toString());
        http.useToken(granted.json().path("access_token").asText());
        assertThat(http.get(V60 + "sobjects").status()).isEqualTo(200);

        assertThat(http.token("grant_type=password&username=demo%40millrace.example&password=demo-password" + client)
                        .status())
                .isEqualTo(200);
        assertThat(http.token("grant_type=password&username=demo%40millrace.example&password=x" + client)
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("invalid_grant");
        assertThat(http.token("grant_type=client_credentials&client_id=x&client_secret=y")
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("invalid_client_id");
    }

    @Test
    void an_expired_token_is_an_invalid_session() throws Exception {
        service.expireTokens();
        Answer refused = http.get(V60 + "sobjects");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.errorCode()).isEqualTo("INVALID_SESSION_ID");
    }

    @Test
    void every_answer_tells_the_usage_and_the_limit_ends_it() throws Exception {
        assertThat(http.get(V60 + "limits").response().headers().firstValue("Sforce-Limit-Info"))
                .contains("api-usage=1/5000");
        try (SalesforceService small = SalesforceService.builder().dailyLimit(1).start()) {
            SalesforceHttp user = new SalesforceHttp(small);
            assertThat(user.get(V60 + "sobjects").status()).isEqualTo(200);
            assertThat(user.get(V60 + "sobjects").errorCode()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
        }
    }

    @Test
    void records_created_one_by_one_have_ids_and_system_fields() throws Exception {
        Answer created = http.send("POST", V60 + "sobjects/Account", "{'Name': 'Quay & Co', 'AnnualRevenue': 12.345}");
        assertThat(created.status()).isEqualTo(201);
        String id = created.json().path("id").asText();
        assertThat(id).startsWith("001").hasSize(18);

        JsonNode record =
                http.get(V60 + "sobjects/Account/" + id.substring(0, 15)).json();
        assertThat(record.path("Id").asText()).isEqualTo(id);
        assertThat(record.path("AnnualRevenue").decimalValue()).isEqualByComparingTo("12.35");
        assertThat(record.path("SystemModstamp").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
        assertThat(record.path("attributes").path("url").asText()).isEqualTo(V60 + "sobjects/Account/" + id);

        assertThat(http.send("PATCH", V60 + "sobjects/Account/" + id, "{'Phone': '1'}")
                        .status())
                .isEqualTo(204);
        assertThat(http.send("DELETE", V60 + "sobjects/Account/" + id, "").status())
                .isEqualTo(204);
        assertThat(http.get(V60 + "sobjects/Account/" + id).status()).isEqualTo(404);
        assertThat(http.send("PATCH", V60 + "sobjects/Account/" + id, "{'Phone': '1'}")
                        .errorCode())
                .isEqualTo("ENTITY_IS_DELETED");
    }

    @Test
    void a_record_is_upserted_by_its_external_id() throws Exception {
        String path = V60 + "sobjects/Account/External_Id__c/shop-1";
        Answer created = http.send("PATCH", path, "{'Name': 'Quay'}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("created").asBoolean()).isTrue();
        Answer updated = http.send("PATCH", path, "{'Name': 'Quay 2'}");
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.json().path("id")).isEqualTo(created.json().path("id"));
        assertThat(http.get(path).json().path("Name").asText()).isEqualTo("Quay 2");
    }

    @Test
    void a_collection_answers_for_each_record() throws Exception {
        http.send("PATCH", UPSERT, records("'Name': 'Taken', 'External_Id__c': 'taken'"));
        String huge = "x".repeat(41);
        Answer answer = http.send(
                "PATCH",
                UPSERT,
                records(
                        "'External_Id__c': 'a', 'Name': 'A', 'Health_Score__c': '12.5'",
                        "'External_Id__c': 'b'",
                        "'External_Id__c': 'c', 'Name': 'C', 'Nope__c': 1",
                        "'External_Id__c': 'd', 'Name': 'D', 'AccountNumber': '" + huge + "'",
                        "'External_Id__c': 'e', 'Name': 'E', 'Health_Score__c': 'high'",
                        "'External_Id__c': 'f', 'Name': 'F', 'Type': 'Foe'",
                        "'External_Id__c': 'g', 'Name': 'G', 'SystemModstamp': '2024-01-01T00:00:00Z'",
                        "'Name': 'H'",
                        "'External_Id__c': 'A', 'Name': 'again'",
                        "'External_Id__c': 'i', 'Name': 'I', 'Health_Score__c': 12345678901234567",
                        "'External_Id__c': 'j', 'Name': 'J', 'Last_Order_Date__c': '01.02.2024'"));
        assertThat(answer.status()).isEqualTo(200);
        List<String> codes = new ArrayList<>();
        answer.json()
                .forEach(result -> codes.add(
                        result.path("success").asBoolean()
                                ? "ok"
                                : result.path("errors")
                                        .path(0)
                                        .path("statusCode")
                                        .asText()));
        assertThat(codes)
                .containsExactly(
                        "ok",
                        "REQUIRED_FIELD_MISSING",
                        "INVALID_FIELD",
                        "STRING_TOO_LONG",
                        "JSON_PARSER_ERROR",
                        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                        "INVALID_FIELD_FOR_INSERT_UPDATE",
                        "MISSING_ARGUMENT",
                        "DUPLICATE_VALUE",
                        "NUMBER_OUTSIDE_VALID_RANGE",
                        "JSON_PARSER_ERROR");
        assertThat(service.records("Account")).hasSize(2);
        assertThat(http.send("POST", V60 + "composite/sobjects", records("'Name': 'X', 'External_Id__c': 'TAKEN'"))
                        .json()
                        .path(0)
                        .path("errors")
                        .path(0)
                        .path("statusCode")
                        .asText())
                .isEqualTo("DUPLICATE_VALUE");
    }

    @Test
    void all_or_none_takes_back_what_was_good() throws Exception {
        String body = "{'allOrNone': true, "
                + records("'External_Id__c': 'a', 'Name': 'A'", "'External_Id__c': 'b'")
                        .substring(1);
        JsonNode results = http.send("PATCH", UPSERT, body).json();
        assertThat(results.path(0).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("ALL_OR_NONE_OPERATION_ROLLED_BACK");
        assertThat(results.path(1).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(service.records("Account")).isEmpty();
    }

    @Test
    void by_id_a_record_must_exist() throws Exception {
        String id = http.send("POST", V60 + "sobjects/Account", "{'Name': 'Quay'}")
                .json()
                .path("id")
                .asText();
        String gone = http.send("POST", V60 + "sobjects/Account", "{'Name': 'Gone'}")
                .json()
                .path("id")
                .asText();
        http.send("DELETE", V60 + "composite/sobjects?ids=" + gone, "");
        JsonNode results = http.send(
                        "PATCH",
                        V60 + "composite/sobjects/Account/Id",
                        records(
                                "'Id': '" + id + "', 'Health_Score__c': 3",
                                "'Id': '0015g0000ZZZZZZZZZ', 'Health_Score__c': 3",
                                "'Id': '0015g0000zzzzzz', 'Health_Score__c': 3",
                                "'Id': '" + gone + "', 'Health_Score__c': 3"))
                .json();
        assertThat(results.path(0).path("success").asBoolean()).isTrue();
        assertThat(results.path(0).path("created").asBoolean()).isFalse();
        assertThat(results.path(1).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("MALFORMED_ID");
        assertThat(results.path(2).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("INVALID_CROSS_REFERENCE_KEY");
        assertThat(results.path(3).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("ENTITY_IS_DELETED");
    }

    @Test
    void more_than_200_records_are_refused() throws Exception {
        String[] many = IntStream.range(0, 201)
                .mapToObj(i -> "'External_Id__c': '" + i + "', 'Name': 'N'")
                .toArray(String[]::new);
        Answer answer = http.send("PATCH", UPSERT, records(many));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("EXCEEDED_ID_LIMIT");
        assertThat(service.records("Account")).isEmpty();
    }

    @Test
    void soql_filters_and_orders() throws Exception {
        http.send(
                "PATCH",
                UPSERT,
                records(
                        "'External_Id__c': 'a', 'Name': 'Anna', 'Health_Score__c': 10, 'Last_Order_Date__c': '2024-01-01'",
                        "'External_Id__c': 'b', 'Name': 'bert', 'Health_Score__c': 20, 'Last_Order_Date__c': '2024-02-01'",
                        "'External_Id__c': 'c', 'Name': 'Cleo', 'Health_Score__c': 30",
                        "'External_Id__c': 'd', 'Name': '100% Dan'"));
        Map<String, String> cases = Map.of(
                "Health_Score__c > 10", "b c",
                "Health_Score__c != 10", "b c d",
                "Health_Score__c = null", "d",
                "Name = 'BERT'", "b",
                "Name LIKE '%e%' AND Health_Score__c IN (20, 30)", "b c",
                "NOT (Name LIKE 'a%' OR Last_Order_Date__c >= 2024-02-01)", "c d",
                "Name LIKE '100\\%%'", "d",
                "External_Id__c NOT IN ('a', 'B')", "c d",
                "SystemModstamp > 2020-01-01T00:00:00Z AND IsDeleted = false", "a b c d");
        for (Map.Entry<String, String> each : cases.entrySet()) {
            assertThat(keys(http.query("SELECT External_Id__c FROM Account WHERE " + each.getKey() + " ORDER BY Name")))
                    .as(each.getKey())
                    .containsExactlyInAnyOrder(each.getValue().split(" "));
        }
        assertThat(
                        keys(
                                http.query(
                                        "SELECT external_id__c FROM account ORDER BY Health_Score__c DESC NULLS LAST LIMIT 3 OFFSET 1")))
                .containsExactly("b", "a", "d");
        assertThat(http.query("SELECT COUNT() FROM Account")
                        .json()
                        .path("totalSize")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void a_bad_query_is_refused_with_salesforces_code() throws Exception {
        Map<String, String> cases = Map.of(
                "SELECT Id FROM Acount", "INVALID_TYPE",
                "SELECT Nope FROM Account", "INVALID_FIELD",
                "SELECT Id FROM Account WHERE Nope = 1", "INVALID_FIELD",
                "SELECT Id FROM Account WHERE SystemModstamp > '2024-01-01T00:00:00Z'", "INVALID_FIELD",
                "SELECT Id FROM Account WHERE Name = 5", "INVALID_FIELD",
                "SELECT Id FROM Account WHERE Name = 'a' OR Name = 'b' AND Name = 'c'", "MALFORMED_QUERY");
        for (Map.Entry<String, String> each : cases.entrySet()) {
            Answer answer = http.query(each.getKey());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.errorCode()).as(each.getKey()).isEqualTo(each.getValue());
        }
    }

    @Test
    void pages_go_on_as_the_result_was_when_the_query_ran() throws Exception {
        for (int batch = 0; batch < 2; batch++) {
            int from = batch * 200;
            http.send(
                    "PATCH",
                    UPSERT,
                    records(IntStream.range(from, from + 200)
                            .mapToObj(i -> "'External_Id__c': '" + i + "', 'Name': 'before'")
                            .toArray(String[]::new)));
        }
        Answer first = http.send(
                http.request(V60 + "query?q=SELECT+Name+FROM+Account").header("Sforce-Query-Options", "batchSize=200"));
        assertThat(first.json().path("totalSize").asInt()).isEqualTo(400);
        assertThat(first.json().path("done").asBoolean()).isFalse();
        assertThat(first.json().path("records")).hasSize(200);
        http.send("PATCH", UPSERT, records("'External_Id__c': '399', 'Name': 'after'"));
        Answer second = http.get(first.json().path("nextRecordsUrl").asText());
        assertThat(second.json().path("done").asBoolean()).isTrue();
        assertThat(second.json().path("records")).hasSize(200);
        assertThat(second.json().path("records"))
                .allSatisfy(record -> assertThat(record.path("Name").asText()).isEqualTo("before"));
        assertThat(http.get(V60 + "query/01gNothing-200").errorCode()).isEqualTo("INVALID_QUERY_LOCATOR");
    }

    @Test
    void own_objects_are_described_and_written() throws Exception {
        JsonNode fields = http.get(V60 + "sobjects/Ticket__c/describe").json().path("fields");
        assertThat(fields)
                .extracting(field -> field.path("name").asText())
                .contains("Id", "Name", "Subject__c", "Level__c");
        assertThat(http.send("POST", V60 + "sobjects/Ticket__c", "{'Subject__c': 's', 'Level__c': 'low'}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void system_modstamp_moves_with_every_write_even_of_the_same_values() throws Exception {
        try (SalesforceService ticking =
                SalesforceService.builder().clock(new TickingClock()).start()) {
            SalesforceHttp user = new SalesforceHttp(ticking);
            user.send("PATCH", UPSERT, records("'External_Id__c': 'a', 'Name': 'A'"));
            Map<String, Object> first = ticking.records("Account").get(0);
            user.send("PATCH", UPSERT, records("'External_Id__c': 'a', 'Name': 'A'"));
            Map<String, Object> second = ticking.records("Account").get(0);
            assertThat((Instant) second.get("SystemModstamp")).isAfter((Instant) first.get("SystemModstamp"));
            assertThat(second.get("CreatedDate")).isEqualTo(first.get("CreatedDate"));
        }
    }

    @Test
    void the_log_says_how_many_records_were_sent() throws Exception {
        http.send("PATCH", UPSERT, records("'External_Id__c': 'a', 'Name': 'A'", "'External_Id__c': 'b'"));
        http.query("SELECT Id FROM Account");
        assertThat(service.requests()).extracting(SalesforceRequest::isWrite).containsExactly(true, false);
        assertThat(service.requests()).extracting(SalesforceRequest::records).containsExactly(2, 1);
        assertThat(service.requests().get(1).soql()).contains("SELECT Id FROM Account");
        service.clearRequests();
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void faults_happen_in_order_and_then_it_works_again() throws Exception {
        service.faults()
                .tooManyRequests(1, Duration.ofSeconds(7))
                .dropAnswers(1)
                .onlyFor("/composite/");
        assertThat(http.get(V60 + "sobjects").status()).isEqualTo(200);
        Answer slow = http.send("PATCH", UPSERT, records("'External_Id__c': 'a', 'Name': 'A'"));
        assertThat(slow.status()).isEqualTo(429);
        assertThat(slow.response().headers().firstValue("Retry-After")).contains("7");
        assertThatThrownBy(() -> http.send("PATCH", UPSERT, records("'External_Id__c': 'a', 'Name': 'A'")))
                .isInstanceOf(IOException.class);
        assertThat(service.records("Account")).hasSize(1);
        assertThat(http.send("PATCH", UPSERT, records("'External_Id__c': 'a', 'Name': 'A'"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_was_answered_survives_a_killed_process() throws Exception {
        Path state = folder.resolve("crm.json");
        Process process = JavaProcess.start(SalesforceServiceMain.class, "0", state.toString());
        try {
            String url = JavaProcess.firstLine(process);
            SalesforceHttp user = SalesforceHttp.signedIn(url);
            user.send("PATCH", UPSERT, records("'External_Id__c': 'a', 'Name': 'A', 'Health_Score__c': 1.5"));
            user.send("PATCH", UPSERT, records("'External_Id__c': 'b', 'Name': 'B'"));
            user.send("PATCH", UPSERT, records("'External_Id__c': 'a', 'Name': 'A2'"));
        } finally {
            process.destroyForcibly().onExit().join();
        }
        Files.writeString(state, "[{\"object\":\"Account\",\"id\":\"0015g", StandardOpenOption.APPEND);
        for (int restart = 0; restart < 2; restart++) {
            try (SalesforceService again =
                    SalesforceService.builder().stateFile(state).start()) {
                assertThat(again.records("Account"))
                        .extracting(record -> record.get("External_Id__c") + " " + record.get("Name") + " "
                                + record.get("Health_Score__c"))
                        .containsExactly("a A2 1.50", "b B null");
            }
        }
        try (SalesforceService again =
                SalesforceService.builder().stateFile(state).start()) {
            new SalesforceHttp(again).send("PATCH", UPSERT, records("'External_Id__c': 'c', 'Name': 'C'"));
            assertThat(again.records("Account")).hasSize(3);
        }
    }

    private static List<String> keys(Answer answer) {
        List<String> keys = new ArrayList<>();
        answer.json()
                .path("records")
                .forEach(record -> keys.add(record.path("External_Id__c").asText()));
        return keys;
    }

    private static String records(String... fields) {
        return "{'records': ["
                + List.of(fields).stream()
                        .map(each -> "{'attributes': {'type': 'Account'}, " + each + "}")
                        .collect(Collectors.joining(", "))
                + "]}";
    }

    /** A second passes whenever someone looks. */
    private static final class TickingClock extends Clock {
        private final AtomicInteger seconds = new AtomicInteger();

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seconds.incrementAndGet());
        }
    }
}
