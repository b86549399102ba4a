package dev.millrace.cdc;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** MariaDB: it is read by the ids of its transactions. */
class MariaDbCrashIT extends BinlogCrash {
    private MariaDbServer server;

    @BeforeEach
    void startServer() {
        server = MariaDbServer.start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    Connection connect() throws SQLException {
        return server.connect();
    }

    @Override
    CdcProject project(String tables, String... properties) {
        return CdcProject.of(root, server, tables, properties);
    }
}
