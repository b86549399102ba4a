package dev.millrace.warehouse.duckdb;

import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.WarehouseFactory;
import dev.millrace.warehouse.shadow.Shadow;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Opens a DuckDB database file, or one in memory, by the settings of a dbt-duckdb profile (docs/warehouse-duckdb.md
 * lists them). Errors: CONFIG_INVALID for wrong settings, WAREHOUSE_LOCKED while another process has the file open,
 * WAREHOUSE_FAILED when it cannot be opened.
 */
public final class DuckDbFactory implements WarehouseFactory {
    @Override
    public String type() {
        return "duckdb";
    }

    @Override
    public String identity(Project project, Target target) {
        return settings(project, target).identity();
    }

    @Override
    public String database(Project project, Target target) {
        return settings(project, target).database();
    }

    @Override
    public String schema(Project project, Target target) {
        return target.settings().string("schema").orElse("main");
    }

    @Override
    public Dialect dialect() {
        return DuckDbDialect.INSTANCE;
    }

    @Override
    public boolean exists(Project project, Target target) {
        return settings(project, target).file().filter(Files::exists).isPresent();
    }

    @Override
    public Warehouse open(Project project, Target target) {
        return DuckDbWarehouse.open(settings(project, target));
    }

    @Override
    public Optional<Shadow> shadow(Project project, Target target) {
        return Optional.of(DuckDbShadow.open(settings(project, target)));
    }

    private static DuckDbSettings settings(Project project, Target target) {
        return DuckDbSettings.read(project.root(), target);
    }
}
