package dev.millrace.cdc;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** MySQL as it comes: it is read by places in its log. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MySqlCrashIT extends BinlogCrash {
    private MySqlServer server;

    @BeforeEach
    void startServer() {
        server = MySqlServer.start(false);
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
