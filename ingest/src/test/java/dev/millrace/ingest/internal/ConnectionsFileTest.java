package dev.millrace.ingest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.ProblemsException;
import dev.millrace.core.yaml.YamlReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsFileTest {
    @Test
    void a_connection_needs_a_source_and_a_destination_only() {
        ConnectionSpec connection = read("- {source: crm, destination: lake}").get(0);

        assertThat(connection.name()).isEqualTo("crm_to_lake");
        assertThat(connection.schema()).isEqualTo("raw");
        assertThat(connection.streams()).isEmpty();
        assertThat(connection.schemaPolicy()).isEqualTo(SchemaPolicy.EVOLVE);
    }

    @Test
    void airbytes_spellings_mean_the_same() {
        ConnectionSpec connection = read("""
                - source: crm
                  destination: lake
                  namespaceFormat: landing
                  nonBreakingSchemaUpdatesBehavior: disable_connection
                  syncCatalog:
                    streams:
                      - stream: {name: people, namespace: app, jsonSchema: {}}
                        config: {selected: true, syncMode: incremental, destinationSyncMode: append_dedup,
                                 cursorField: [changed_at], primaryKey: [[id], [region]]}
                      - stream: {name: secrets}
                        config: {selected: false}
                """).get(0);

        assertThat(connection.schema()).isEqualTo("landing");
        assertThat(connection.schemaPolicy()).isEqualTo(SchemaPolicy.PAUSE);
        StreamSpec stream = connection.streams().orElseThrow().get(0);
        assertThat(connection.streams().orElseThrow()).hasSize(1);
        assertThat(stream.namespace()).hasValue("app");
        assertThat(stream.options().syncMode()).hasValue(SyncMode.INCREMENTAL);
        assertThat(stream.options().destinationMode()).hasValue(DestinationMode.APPEND_DEDUP);
        assertThat(stream.options().cursorField()).hasValue("changed_at");
        assertThat(stream.options().primaryKey()).containsExactly("id", "region");
    }

    @ParameterizedTest
    @CsvSource({
        "full_refresh,            FULL_REFRESH,",
        "full_refresh_overwrite,  FULL_REFRESH, OVERWRITE",
        "full_refresh | append,   FULL_REFRESH, APPEND",
        "incremental,             INCREMENTAL,",
        "incremental_append,      INCREMENTAL,  APPEND",
        "incremental_deduped_history, INCREMENTAL, APPEND_DEDUP",
        "Incremental-Append-Dedup, INCREMENTAL, APPEND_DEDUP",
    })
    void a_mode_may_say_both_halves(String written, SyncMode sync, DestinationMode destination) {
        StreamOptions options = read("- {source: a, destination: b, sync_mode: '" + written + "'}")
                .get(0)
                .defaults();

        assertThat(options.syncMode()).hasValue(sync);
        assertThat(options.destinationMode()).isEqualTo(Optional.ofNullable(destination));
    }

    @Test
    void a_stream_overrides_what_its_connection_says() {
        ConnectionSpec connection = read("""
                - source: a
                  destination: b
                  sync_mode: incremental_append
                  cursor_field: updated_at
                  streams: [plain, {name: app.other, sync_mode: full_refresh}]
                """).get(0);
        List<StreamSpec> streams = connection.streams().orElseThrow();

        StreamOptions plain = streams.get(0).options().or(connection.defaults());
        StreamOptions other = streams.get(1).options().or(connection.defaults());

        assertThat(plain.destinationMode()).hasValue(DestinationMode.APPEND);
        assertThat(plain.cursorField()).hasValue("updated_at");
        assertThat(other.syncMode()).hasValue(SyncMode.FULL_REFRESH);
        assertThat(other.destinationMode()).isEmpty();
        assertThat(streams.get(1).namespace()).hasValue("app");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{source: a, destination: b, sync_mod: incremental}       | sync_mod      | Did you mean 'sync_mode'?",
                "{source: a, destination: b, sync_mode: incremantal}      | incremantal   | Did you mean 'incremental'?",
                "{source: a, destination: b, on_schema_change: frieze}    | frieze        | Did you mean 'freeze'?",
                "{source: a, destination: b, lookback: soon}              | soon          |",
                "{source: a, destination: b, cursor_field: [x, y]}        | one column    |",
                "{source: a, destination: b, streams: [{name: s, types: {x: decimol}}]} | decimol |",
                "{source: a}                                              | destination   | Add 'destination:' here.",
            })
    void a_slip_is_reported_with_its_place_and_a_hint(String connection, String said, String hint) {
        MillraceException error = catchThrowableOfType(
                MillraceException.class, () -> read("- {source: x, destination: y}\n- " + connection));

        assertThat(error).hasMessageContaining(said);
        assertThat(error.position())
                .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(3));
        if (hint != null) {
            assertThat(error.hint()).hasValue(hint);
        }
    }

    @Test
    void everything_that_is_wrong_is_reported_at_once() {
        MillraceException error =
                catchThrowableOfType(MillraceException.class, () -> read("- {source: a}\n- {destination: b}"));

        assertThat(((ProblemsException) error).problems()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'@hourly'",
                "'@daily'",
                "manual",
                "'*/5 * * * *'",
                "'0 6 * * mon-fri'",
                "'0 0 1,15 jan *'",
                "{cron: '30 4 * * 7', timezone: Europe/Berlin}"
            })
    void a_schedule_is_kept_as_it_is_written(String schedule) {
        assertThat(read("- {source: a, destination: b, schedule: " + schedule + "}")
                        .get(0)
                        .schedule())
                .containsKey("cron");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'@hourley'",
                "'* * * *'",
                "'60 * * * *'",
                "'* 24 * * *'",
                "'*/0 * * * *'",
                "'5-1 * * * *'",
                "'* * * foo *'",
                "{cron: '@daily', timezone: Europe/Berlim}"
            })
    void a_schedule_that_means_nothing_is_refused(String schedule) {
        MillraceException error = catchThrowableOfType(
                MillraceException.class, () -> read("- {source: a, destination: b, schedule: " + schedule + "}"));

        assertThat(error.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        assertThat(error.hint()).isPresent();
    }

    private static List<ConnectionSpec> read(String connections) {
        String indented = connections.indent(2);
        return ConnectionsFile.read(YamlReader.parseMap("connections:\n" + indented, "connections.yml"));
    }
}
