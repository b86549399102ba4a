package dev.millrace.warehouse.duckdb;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.duckdb.DuckDBConnection;

/** One DuckDB database, held open by a connection of its own until it is closed; sessions are duplicates of that. */
final class DuckDbWarehouse implements Warehouse {
    private final DuckDbSettings settings;
    private final DuckDBConnection root;
    /** Settings that DuckDB keeps per connection, repeated on each. */
    private final List<String> sessionSettings = new ArrayList<>();

    /** Extensions through which merely binding a query would ask another machine. */
    private static final Set<String> REACHING_OUT =
            Set.of("httpfs", "aws", "azure", "postgres", "postgres_scanner", "mysql", "mysql_scanner", "motherduck");

    /** Settings that change what queries mean. */
    private static final Set<String> MEANINGFUL_SETTINGS = Set.of(
            "timezone",
            "calendar",
            "default_collation",
            "default_null_order",
            "default_order",
            "integer_division",
            "ieee_floating_point_ops",
            "old_implicit_casting",
            "order_by_non_integer_literal",
            "scalar_subquery_error_on_multiple_rows",
            "lambda_syntax");

    private final LoadFunction loadFunction;
    private final RowOrder rowOrder;
    private final Set<DuckDbSession> sessions = ConcurrentHashMap.newKeySet();

    private DuckDbWarehouse(DuckDbSettings settings, DuckDBConnection root, LoadFunction loadFunction) {
        this.settings = settings;
        this.root = root;
        this.loadFunction = loadFunction;
        this.rowOrder = new RowOrder(root, settings.settings().containsKey("preserve_insertion_order"));
    }

    static DuckDbWarehouse open(DuckDbSettings settings) {
        try {
            settings.file().ifPresent(DuckDbWarehouse::createFolder);
            Properties options = new Properties();
            options.putAll(settings.options());
            String url = "jdbc:duckdb:" + settings.file().map(Path::toString).orElse("");
            DuckDBConnection root = DuckDBConnection.newConnection(
                    url, "READ_ONLY".equals(settings.options().get("access_mode")), options);
            try {
                DuckDbWarehouse warehouse = new DuckDbWarehouse(settings, root, LoadFunction.register(root));
                warehouse.prepare();
                return warehouse;
            } catch (SQLException | RuntimeException e) {
                root.close();
                throw e;
            }
        } catch (MillraceException e) {
            throw e.at(settings.target().position());
        } catch (Exception e) {
            throw DuckDbErrors.opening(settings, e);
        }
    }

    /**
     * A database in memory with the names of the real one's; extensions are loaded if they are installed, and none that
     * reach out of this machine.
     */
    static DuckDbWarehouse shadow(DuckDbSettings settings) {
        try {
            Properties options = new Properties();
            options.put("threads", "1");
            DuckDBConnection root = DuckDBConnection.newConnection("jdbc:duckdb:", false, options);
            try {
                DuckDbWarehouse warehouse = new DuckDbWarehouse(settings, root, LoadFunction.register(root));
                warehouse.prepareShadow();
                return warehouse;
            } catch (SQLException | RuntimeException e) {
                root.close();
                throw e;
            }
        } catch (Exception e) {
            throw DuckDbErrors.of(e);
        }
    }

    private void prepareShadow() throws SQLException {
        run("set autoinstall_known_extensions = false");
        for (DuckDbSettings.Extension extension : settings.extensions()) {
            if (!REACHING_OUT.contains(extension.name().toLowerCase(Locale.ROOT))) {
                runIfPossible("load " + dialect().quote(extension.name()));
            }
        }
        for (Map.Entry<String, String> setting : settings.settings().entrySet()) {
            if (MEANINGFUL_SETTINGS.contains(setting.getKey().toLowerCase(Locale.ROOT))) {
                runIfPossible("set global " + dialect().quote(setting.getKey()) + " = "
                        + dialect().literal(setting.getValue()));
            }
        }
        for (String name : settings.databases()) {
            run("attach if not exists ':memory:' as " + dialect().quote(name));
        }
        if (!settings.database().equals(currentDatabase())) {
            sessionSettings.add("use " + dialect().quote(settings.database()));
        }
    }

    private void runIfPossible(String sql) {
        try {
            run(sql);
        } catch (SQLException ignored) {
            // What needs it will not bind, and is not blamed for that.
        }
    }

    private static void createFolder(Path file) {
        Path folder = file.getParent();
        try {
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.WAREHOUSE_FAILED, "cannot create the folder " + folder + " of the DuckDB file", e);
        }
    }

    private void prepare() throws SQLException {
        for (DuckDbSettings.Extension extension : settings.extensions()) {
            load(extension);
        }
        for (Map.Entry<String, String> setting : settings.settings().entrySet()) {
            set(setting.getKey(), setting.getValue());
        }
        for (DuckDbSettings.Attachment attachment : settings.attachments()) {
            attach(attachment);
        }
        if (settings.database().equals(currentDatabase())) {
            return;
        }
        sessionSettings.add("use " + dialect().quote(settings.database()));
    }

    private String currentDatabase() throws SQLException {
        return root.getCatalog();
    }

    private void load(DuckDbSettings.Extension extension) throws SQLException {
        String name = dialect().quote(extension.name());
        try {
            run("load " + name);
        } catch (SQLException missing) {
            String from =
                    extension.repository().map(place -> " from " + place(place)).orElse("");
            run("install " + name + from);
            run("load " + name);
        }
    }

    /** DuckDB's own repositories are words, others are texts. */
    private String place(String repository) {
        return repository.matches("[a-z_]+") ? repository : dialect().literal(repository);
    }

    private void set(String name, String value) throws SQLException {
        String assignment = dialect().quote(name) + " = " + dialect().literal(value);
        try {
            run("set global " + assignment);
        } catch (SQLException e) {
            if (!DuckDbErrors.text(e).contains("cannot be set globally")) {
                throw e;
            }
            sessionSettings.add("set session " + assignment);
        }
    }

    private void attach(DuckDbSettings.Attachment attachment) throws SQLException {
        List<String> options = new ArrayList<>();
        attachment.type().ifPresent(type -> options.add("type " + type.replaceAll("\\W", "")));
        if (attachment.readOnly()) {
            options.add("read_only");
        }
        String as =
                attachment.alias().map(alias -> " as " + dialect().quote(alias)).orElse("");
        String with = options.isEmpty() ? "" : " (" + String.join(", ", options) + ")";
        try {
            run("attach if not exists " + dialect().literal(attachment.path()) + as + with);
        } catch (SQLException e) {
            // A path to another server may hold its password.
            String name = attachment.alias().orElse("the database");
            String text = DuckDbErrors.text(e).replace(attachment.path(), name);
            throw new MillraceException(ErrorCode.WAREHOUSE_FAILED, "cannot attach " + name + ": " + text);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = root.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public String identity() {
        return settings.identity();
    }

    @Override
    public Dialect dialect() {
        return DuckDbDialect.INSTANCE;
    }

    @Override
    public String database() {
        return settings.database();
    }

    @Override
    public Session open() {
        try {
            DuckDbSession session = new DuckDbSession(this, connect());
            sessions.add(session);
            return session;
        } catch (SQLException e) {
            throw DuckDbErrors.of(e);
        }
    }

    RowOrder rowOrder() {
        return rowOrder;
    }

    LoadFunction loadFunction() {
        return loadFunction;
    }

    private DuckDBConnection connect() throws SQLException {
        DuckDBConnection connection = root.duplicate();
        for (String sql : sessionSettings) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
        return connection;
    }

    void closed(DuckDbSession session) {
        sessions.remove(session);
    }

    /** Ends the sessions too: the file stays open as long as one of them is. */
    @Override
    public void close() {
        sessions.forEach(DuckDbSession::close);
        try {
            root.close();
        } catch (SQLException e) {
            throw DuckDbErrors.of(e);
        }
    }
}
