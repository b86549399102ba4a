package dev.millrace.cdc;

import dev.millrace.cdc.internal.Connector;
import dev.millrace.cdc.internal.Connectors;
import dev.millrace.cdc.internal.apply.CdcState;
import dev.millrace.cdc.internal.config.RunState;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.config.TablePattern;
import dev.millrace.cdc.internal.source.SourceStatus;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Project;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a connector has come, and how the source sees it.
 *
 * @param connector its name
 * @param state {@code new} before the first run, {@code snapshot} while the tables are first read, {@code streaming},
 *     {@code lost} if the source no longer has what comes next, {@code paused}, {@code stopped}, {@code unreachable};
 *     while another process holds the warehouse {@code running} if something reads the replication slot, else
 *     {@code unknown}
 * @param source the database, without secrets
 * @param position in the source's log up to which changes are in the warehouse; while another process holds it, up to
 *     which the source has been told so
 * @param sourcePosition where the source's log ends now
 * @param lagBytes of the log between the two, of whatever tables
 * @param lagMillis since the source committed the last change that is here; empty if there is nothing after it
 * @param retainedBytes of its log that the source keeps for the connector
 * @param slotActive whether something reads the replication slot now
 * @param tables that are captured, as {@code schema.table}
 * @param leftTables that once were and are no longer in the connector's lists: they stay as they are
 * @param lastChange when the source committed the last change that is here
 * @param problem what keeps the connector from going on, for people
 */
public record CdcStatus(
        String connector,
        String state,
        String source,
        Optional<String> position,
        Optional<String> sourcePosition,
        OptionalLong lagBytes,
        OptionalLong lagMillis,
        OptionalLong retainedBytes,
        Optional<Boolean> slotActive,
        List<String> tables,
        List<String> leftTables,
        Optional<Instant> lastChange,
        Optional<String> problem) {
    public CdcStatus {
        tables = List.copyOf(tables);
        leftTables = List.copyOf(leftTables);
    }

    /**
     * Asks the warehouse and the source of every connector of a project. A source that cannot be asked makes its
     * connector {@code unreachable} and is no error. Of a warehouse that another process holds only the source can
     * tell.
     *
     * @throws MillraceException if the connectors' files are wrong
     */
    public static List<CdcStatus> of(Project project, Warehouses warehouses) {
        List<CdcStatus> all = new ArrayList<>();
        for (Connector connector : new Connectors(project, warehouses).read()) {
            all.add(of(connector));
        }
        return all;
    }

    private static CdcStatus of(Connector connector) {
        Optional<CdcState> state = Optional.empty();
        Optional<SourceStatus> source = Optional.empty();
        Optional<String> problem = Optional.empty();
        boolean locked = false;
        try (Session session =
                connector.warehouses().warehouse(connector.target()).open()) {
            state = CdcState.read(session, connector.stateKey());
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.WAREHOUSE_LOCKED) {
                throw e;
            }
            locked = true;
        }
        try {
            source = Optional.of(connector.database().status(state));
        } catch (MillraceException e) {
            problem = Optional.of(e.text());
        }
        return locked ? ofHeld(connector, source, problem) : of(connector, state, source, problem);
    }

    /** What the source and the files can tell while another process, such as {@code millrace up}, has the warehouse. */
    private static CdcStatus ofHeld(Connector connector, Optional<SourceStatus> source, Optional<String> problem) {
        Optional<Boolean> active = source.flatMap(SourceStatus::active);
        String state = name(connector, Optional.empty(), source, source.flatMap(SourceStatus::problem));
        return new CdcStatus(
                connector.spec().name(),
                !state.equals("new") ? state : active.orElse(false) ? "running" : "unknown",
                connector.endpoint().identity(),
                source.flatMap(SourceStatus::confirmed),
                source.map(SourceStatus::position),
                source.map(SourceStatus::lagBytes).orElse(OptionalLong.empty()),
                OptionalLong.empty(),
                source.map(SourceStatus::retainedBytes).orElse(OptionalLong.empty()),
                active,
                TablePattern.of(connector.spec()).plain().orElse(List.of()).stream()
                        .map(TableId::toString)
                        .toList(),
                List.of(),
                Optional.empty(),
                problem);
    }

    private static CdcStatus of(
            Connector connector, Optional<CdcState> state, Optional<SourceStatus> source, Optional<String> problem) {
        Optional<Instant> last =
                state.flatMap(known -> Optional.ofNullable(known.changedAt())).map(Instant::parse);
        OptionalLong lagBytes = source.map(SourceStatus::lagBytes).orElse(OptionalLong.empty());
        Optional<String> lost = source.flatMap(SourceStatus::problem);
        return new CdcStatus(
                connector.spec().name(),
                name(connector, state, source, lost),
                connector.endpoint().identity(),
                state.flatMap(known -> Optional.ofNullable(known.position())),
                source.map(SourceStatus::position),
                lagBytes,
                last.isPresent() && lagBytes.orElse(0) > 0
                        ? OptionalLong.of(ChronoUnit.MILLIS.between(last.get(), Instant.now()))
                        : OptionalLong.empty(),
                source.map(SourceStatus::retainedBytes).orElse(OptionalLong.empty()),
                source.flatMap(SourceStatus::active),
                state.map(known -> listed(connector, known.tables())).orElse(List.of()),
                state.map(known -> left(connector, known)).orElse(List.of()),
                last,
                lost.or(() -> problem));
    }

    private static List<String> listed(Connector connector, List<String> tables) {
        TablePattern pattern = TablePattern.of(connector.spec());
        return tables.stream()
                .filter(table -> pattern.includes(TableId.parse(table)))
                .toList();
    }

    private static List<String> left(Connector connector, CdcState state) {
        List<String> all = new ArrayList<>(state.left());
        all.addAll(state.tables());
        all.removeAll(listed(connector, all));
        return all.stream().distinct().toList();
    }

    private static String name(
            Connector connector, Optional<CdcState> state, Optional<SourceStatus> source, Optional<String> lost) {
        if (connector.spec().state() != RunState.RUNNING) {
            return connector.spec().state().name().toLowerCase(Locale.ROOT);
        }
        if (lost.isPresent()) {
            return "lost";
        }
        if (source.isEmpty()) {
            return "unreachable";
        }
        return state.map(CdcState::phase).orElse("new");
    }
}
