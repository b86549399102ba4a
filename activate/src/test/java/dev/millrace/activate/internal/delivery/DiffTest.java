package dev.millrace.activate.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.activate.ProjectFolder;
import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.config.SyncMode;
import dev.millrace.activate.internal.destination.Rejection;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.Warehouses;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffTest {
    private static final Position HERE = new Position("syncs.yml", 1, 1);
    private static final Clock NOON = Clock.fixed(Instant.parse("2024-03-01T12:00:00Z"), ZoneOffset.UTC);

    private Warehouses warehouses;
    private Warehouse warehouse;
    private Project project;
    private Session session;
    private String timeZone = "UTC";

    @BeforeEach
    void open(@TempDir Path folder) {
        project = ProjectFolder.in(folder, ":memory:").load();
        warehouses = new Warehouses(project);
        warehouse = warehouses.warehouse(project.target());
        session = warehouse.open();
        session.execute(
                "create table main.patients (code varchar, ward varchar, weight decimal(6,2), seen timestamptz)");
    }

    @AfterEach
    void close() {
        session.close();
        warehouses.close();
    }

    @Test
    void everything_is_a_change_at_first_and_nothing_once_it_is_recorded() {
        admit("('p1', 'A', 70.50, '2024-01-01 08:00:00+00'), ('p2', null, null, null)");
        Sync sync = sync(SyncMode.UPSERT, "code:Code", "ward:Ward", "weight:Weight", "seen:Seen");

        assertThat(deliverAll(sync).changes()).isEqualTo(2);

        assertThat(deliverAll(sync)).isEqualTo(new Diff.Counts(2, 0, 0, 0));
    }

    @Test
    void only_a_row_whose_mapped_values_changed_is_a_change() {
        admit("('p1', 'A', 70, null), ('p2', 'B', 80, null), ('p3', 'C', 90, null)");
        Sync sync = sync(SyncMode.UPSERT, "code:Code", "ward:Ward");
        deliverAll(sync);

        session.execute("update main.patients set ward = 'X' where code = 'p2'");
        session.execute("update main.patients set weight = 1 where code = 'p3'");

        assertThat(changes(sync)).extracting(Change::key).containsExactly("p2");
        assertThat(changes(sync)).allMatch(Change::known);
    }

    @Test
    void null_and_texts_that_look_like_it_are_different_values() {
        admit("('p1', null, null, null)");
        Sync sync = sync(SyncMode.UPSERT, "code:Code", "ward:Ward");
        deliverAll(sync);

        for (String value : List.of("'null'", "''", "'0:'", "null")) {
            session.execute("update main.patients set ward = " + value);
            assertThat(deliverAll(sync).changes()).as(value).isEqualTo(1);
        }
    }

    @Test
    void values_that_move_between_neighbouring_fields_are_a_change() {
        admit("('p1', 'ab', null, null)");
        session.execute("alter table main.patients add column bed varchar");
        session.execute("update main.patients set bed = 'c'");
        Sync sync = sync(SyncMode.UPSERT, "code:Code", "ward:Ward", "bed:Bed");
        deliverAll(sync);

        session.execute("update main.patients set ward = 'a', bed = 'bc'");

        assertThat(deliverAll(sync).changes()).isEqualTo(1);
    }

    @Test
    void the_order_of_the_mapping_does_not_matter_but_a_new_field_does() {
        admit("('p1', 'A', 70, null)");
        deliverAll(sync(SyncMode.UPSERT, "code:Code", "ward:Ward"));

        assertThat(deliverAll(sync(SyncMode.UPSERT, "ward:Ward", "code:Code")).changes())
                .isZero();
        assertThat(deliverAll(sync(SyncMode.UPSERT, "code:Code", "ward:Ward", "weight:Weight"))
                        .changes())
                .isEqualTo(1);
    }

    @Test
    void the_time_zone_of_the_session_does_not_change_a_hash() {
        admit("('p1', 'A', 70, '2024-06-01 00:30:00+00')");
        Sync sync = sync(SyncMode.UPSERT, "code:Code", "seen:Seen");
        timeZone = "Asia/Tokyo";
        deliverAll(sync);

        timeZone = "America/Lima";

        assertThat(deliverAll(sync).changes()).isZero();
    }

    @Test
    void rows_without_a_key_and_rows_that_share_one_cannot_be_sent() {
        admit(
                "(null, 'A', 1, null), (' ', 'B', 2, null), ('p1', 'C', 3, null), ('p1', 'C', 3, null), ('p2', 'D', 4, null)");
        Sync sync = sync(SyncMode.UPSERT, "code:Code", "ward:Ward");

        Diff diff = diff(sync);

        assertThat(diff.counts()).isEqualTo(new Diff.Counts(5, 4, 1, 0));
        assertThat(diff.changes(0, 10)).extracting(Change::key).containsExactly("p2");
        assertThat(diff.invalid(0, 10))
                .extracting(Diff.Invalid::key, Diff.Invalid::copies)
                .containsExactlyInAnyOrder(tuple(null, 1L), tuple(" ", 1L), tuple("p1", 2L), tuple("p1", 2L));
    }

    @Test
    void a_row_that_left_and_came_back_is_sent_again() {
        admit("('p1', 'A', 1, null), ('p2', 'B', 2, null)");
        Sync sync = sync(SyncMode.UPSERT, "code:Code", "ward:Ward");
        deliverAll(sync);
        session.execute("delete from main.patients where code = 'p2'");
        assertThat(deliverAll(sync)).isEqualTo(new Diff.Counts(1, 0, 0, 0));

        admit("('p2', 'B', 2, null)");

        assertThat(changes(sync)).extracting(Change::key).containsExactly("p2");
    }

    @Test
    void a_mirror_knows_which_records_lost_their_row() {
        admit("('p1', 'A', 1, null), ('p2', 'B', 2, null)");
        Sync sync = sync(SyncMode.MIRROR, "code:Code", "ward:Ward");
        deliverAll(sync);
        session.execute("delete from main.patients where code = 'p2'");

        Diff diff = diff(sync);

        assertThat(diff.counts()).isEqualTo(new Diff.Counts(1, 0, 0, 1));
        assertThat(diff.departed(0, 10))
                .extracting(Diff.Departed::key, Diff.Departed::destinationId)
                .containsExactly(tuple("p2", "id-p2"));
    }

    @Test
    void a_mirror_refuses_to_delete_everything_because_the_model_is_empty() {
        admit("('p1', 'A', 1, null)");
        Sync sync = sync(SyncMode.MIRROR, "code:Code", "ward:Ward");
        deliverAll(sync);
        session.execute("delete from main.patients");

        assertThatThrownBy(() -> diff(sync))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("would delete all 1 records of crm:Patient__c");
    }

    @Test
    void a_rejected_row_is_tried_again_and_keeps_count() {
        admit("('p1', 'A', 1, null)");
        Sync sync = sync(SyncMode.UPSERT, "code:Code", "ward:Ward");
        refuseAll(sync);
        refuseAll(sync);

        assertThat(session.query("select key, code, message, fields, attempts, record from _millrace.rejected_wards")
                        .rows())
                .containsExactly(List.of("p1", "TOO_ILL", "stays in bed", "Ward, Code", 2L, "{}"));
        assertThat(changes(sync)).extracting(change -> change.past().attempts()).containsExactly(2L);

        deliverAll(sync);

        assertThat(session.query("select * from _millrace.rejected_wards").rows())
                .isEmpty();
    }

    @Test
    void a_rejection_is_forgotten_when_its_row_is_gone_or_as_delivered_again() {
        admit("('p1', 'A', 1, null), ('p2', 'B', 1, null)");
        Sync sync = sync(SyncMode.UPSERT, "code:Code", "ward:Ward");
        deliverAll(sync);
        session.execute("update main.patients set ward = 'X'");
        refuseAll(sync);

        session.execute("update main.patients set ward = 'A' where code = 'p1'");
        session.execute("delete from main.patients where code = 'p2'");

        assertThat(deliverAll(sync)).isEqualTo(new Diff.Counts(1, 0, 0, 0));
        assertThat(session.query("select * from _millrace.rejected_wards").rows())
                .isEmpty();
    }

    @Test
    void an_insert_leaves_known_keys_alone() {
        admit("('p1', 'A', 1, null)");
        Sync sync = sync(SyncMode.INSERT, "code:Code", "ward:Ward");
        deliverAll(sync);
        session.execute("update main.patients set ward = 'X'");
        admit("('p2', 'B', 1, null)");

        assertThat(changes(sync)).extracting(Change::key).containsExactly("p2");
    }

    @Test
    void a_mapped_column_the_model_lacks_is_an_error_at_its_line() {
        assertThatThrownBy(() -> ModelColumns.of(session, sync(SyncMode.UPSERT, "code:Code", "wart:Ward")))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.text()).isEqualTo("model.clinic.patients has no column 'wart'");
                    assertThat(e.hint()).contains("Did you mean 'ward'?");
                    assertThat(e.position()).contains(HERE);
                });
    }

    private void admit(String rows) {
        session.execute("insert into main.patients (code, ward, weight, seen) values " + rows);
    }

    private Diff.Counts deliverAll(Sync sync) {
        try (Session own = warehouse.open()) {
            own.execute("set TimeZone = '" + timeZone + "'");
            Diff diff = diff(own, sync);
            List<Change> changes = diff.changes(0, 100);
            ledger(own)
                    .record(
                            changes,
                            changes.stream()
                                    .map(change -> new Ledger.Taken(change, "id-" + change.key()))
                                    .toList(),
                            List.of());
            return diff.counts();
        }
    }

    private void refuseAll(Sync sync) {
        try (Session own = warehouse.open()) {
            List<Change> changes = diff(own, sync).changes(0, 100);
            Rejection why = new Rejection("TOO_ILL", "stays in bed", List.of("Ward", "Code"));
            ledger(own)
                    .record(
                            changes,
                            List.of(),
                            changes.stream()
                                    .map(change -> new Ledger.Refused(change.key(), "{}", why, change.past()))
                                    .toList());
        }
    }

    private List<Change> changes(Sync sync) {
        try (Session own = warehouse.open()) {
            return diff(own, sync).changes(0, 100);
        }
    }

    private Diff diff(Sync sync) {
        return diff(session, sync);
    }

    private Diff diff(Session own, Sync sync) {
        SyncTables tables = SyncTables.of(warehouse, sync.name());
        tables.create(own);
        return own.inTransaction(() -> {
            Diff diff = Diff.of(
                    own,
                    sync,
                    ModelColumns.of(own, sync),
                    sync.keys(),
                    own.dialect().quote(tables.delivered()),
                    own.dialect().quote(tables.rejected()),
                    false);
            ledger(own).begin(sync.options().mode() == SyncMode.MIRROR);
            return diff;
        });
    }

    private Ledger ledger(Session own) {
        return new Ledger(own, SyncTables.of(warehouse, "wards"), NOON);
    }

    /** @param lines {@code column:Field}; the one to field {@code Code} is the key */
    private Sync sync(SyncMode mode, String... lines) {
        List<MappedField> mapping = Arrays.stream(lines)
                .map(line -> line.split(":"))
                .map(pair -> new MappedField(pair[0], pair[1], HERE, HERE))
                .toList();
        return new Sync(
                "wards",
                HERE,
                new Sync.Source(
                        new NodeId(NodeKind.MODEL, "clinic", "patients"),
                        warehouse.relation("main", "patients"),
                        project.target(),
                        HERE),
                new Sync.Service(
                        "crm", "salesforce", YamlMap.empty(HERE), HERE, "Patient__c", HERE, YamlMap.empty(HERE)),
                mapping,
                mapping.stream().filter(line -> line.field().startsWith("Code")).toList(),
                new Sync.Options(mode, 200, OptionalLong.empty(), false, false, 0, List.of(), ""),
                Map.of());
    }
}
