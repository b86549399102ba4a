package dev.millrace.assets.internal;

import dev.millrace.assets.AssetContext;
import dev.millrace.assets.Rows;
import dev.millrace.assets.Sql;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.project.Project;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls an asset's method and puts what it returns in the place of its table, in one transaction: readers see the old
 * table until the new one is complete.
 *
 * @param relation empty for an asset that is run for what it does
 */
record AssetStep(
        Project project,
        Warehouses warehouses,
        AssetMethod asset,
        List<Optional<Parameters.Argument>> parameters,
        Optional<RelationName> relation)
        implements Step {
    /** Schemas are made by one step at a time: two at once would conflict. */
    private static final Object PREPARATION = new Object();

    @Override
    public StepResult run(StepContext context) throws Exception {
        Warehouse warehouse = warehouses.warehouse(project.target());
        try (Session reading = warehouse.open();
                Session writing = warehouse.open();
                var stopReading = context.onCancel(reading::cancel);
                var stopWriting = context.onCancel(writing::cancel)) {
            relation.ifPresent(table -> {
                synchronized (PREPARATION) {
                    writing.createSchema(table.database(), table.schema());
                }
            });
            Object made = call(arguments(reading, context));
            return relation.isEmpty() ? StepResult.success("done") : store(made, relation.get(), writing, context);
        } catch (MillraceException e) {
            throw e.at(asset.position());
        }
    }

    private @Nullable Object[] arguments(Session session, StepContext context) {
        @Nullable Object[] arguments = new Object[parameters.size()];
        for (int i = 0; i < arguments.length; i++) {
            Optional<Parameters.Argument> parameter = parameters.get(i);
            arguments[i] = parameter.isEmpty() ? context(context) : argument(session, parameter.get());
        }
        return arguments;
    }

    private static Object argument(Session session, Parameters.Argument argument) {
        Rows rows = new WarehouseRows(session, argument.input().relation().orElseThrow());
        return argument.record()
                .<Object>map(type -> rows.list(type.asSubclass(Record.class)))
                .orElse(rows);
    }

    private @Nullable Object call(@Nullable Object[] arguments) {
        try {
            asset.method().setAccessible(true);
            Object receiver = null;
            if (!Modifier.isStatic(asset.method().getModifiers())) {
                var constructor = asset.constructor().orElseThrow();
                constructor.setAccessible(true);
                receiver = constructor.newInstance();
            }
            return asset.method().invoke(receiver, arguments);
        } catch (InvocationTargetException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private StepResult store(@Nullable Object made, RelationName table, Session session, StepContext context) {
        if (made == null) {
            throw new MillraceException(ErrorCode.ASSET_FAILED, "asset '" + asset.name() + "' returned null");
        }
        return session.inTransaction(() -> {
            drop(table, session);
            if (made instanceof Sql sql) {
                String kind = asset.materialized().equals("view") ? "view" : "table";
                long rows = session.execute(
                        "create " + kind + " " + session.dialect().quote(table) + " as " + sql.text());
                return kind.equals("view") ? StepResult.success("view") : counted(table, rows, session);
            }
            RecordColumns columns = RecordColumns.of(asset.element().orElseThrow());
            Load load = new Load(
                    table, columns.fields(), List.of(), 1, rows -> context.progress(rows, 0, OptionalLong.empty()));
            long rows = session.load(load, new RecordReader(columns, iterator(made), this::failed));
            return StepResult.success(rows + (rows == 1 ? " row" : " rows"), rows);
        });
    }

    private static StepResult counted(RelationName table, long told, Session session) {
        long rows = told > 0
                ? told
                : session.query("select count(*) from " + session.dialect().quote(table))
                        .singleLong();
        return StepResult.success(rows + (rows == 1 ? " row" : " rows"), rows);
    }

    private static void drop(RelationName table, Session session) {
        Optional<RelationType> type = session.relationType(table);
        if (type.isPresent()) {
            String kind = type.get() == RelationType.VIEW ? "view" : "table";
            session.execute("drop " + kind + " " + session.dialect().quote(table));
        }
    }

    private static Iterator<?> iterator(Object made) {
        if (made instanceof Stream<?> stream) {
            return stream.iterator();
        }
        return made instanceof Collection<?> collection
                ? collection.iterator()
                : Arrays.asList((Object[]) made).iterator();
    }

    private MillraceException failed(Throwable e) {
        if (e instanceof MillraceException known) {
            return known.at(asset.position());
        }
        boolean outside = e instanceof IOException;
        return new MillraceException(
                outside ? ErrorCode.SOURCE_FAILED : ErrorCode.ASSET_FAILED,
                "asset '" + asset.name() + "' threw " + e.getClass().getSimpleName()
                        + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                thrownAt(e),
                null,
                e);
    }

    /** The innermost line of the asset's own file. */
    private Position thrownAt(Throwable e) {
        String type = asset.method().getDeclaringClass().getName();
        for (StackTraceElement frame : e.getStackTrace()) {
            boolean own =
                    frame.getClassName().equals(type) || frame.getClassName().startsWith(type + "$");
            if (own && frame.getLineNumber() > 0) {
                return new Position(asset.position().file(), frame.getLineNumber(), 0);
            }
        }
        return asset.position();
    }

    private AssetContext context(StepContext step) {
        return new AssetContext() {
            @Override
            public String runId() {
                return step.runId();
            }

            @Override
            public void log(String message) {
                step.log(LogLevel.INFO, message);
            }

            @Override
            public Optional<Object> variable(String name) {
                return project.vars().has(project.name(), name)
                        ? Optional.ofNullable(project.vars().value(project.name(), name))
                        : Optional.empty();
            }

            @Override
            public boolean cancelled() {
                return step.cancelled();
            }
        };
    }
}
