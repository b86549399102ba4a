package dev.millrace.cdc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With MySQL, by places in its log. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MySqlJoinIT extends JoiningTables {
    private MySqlServer server;

    @BeforeEach
    void startServer() throws SQLException {
        server = MySqlServer.start(false);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database shop");
        }
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    Connection connect() throws SQLException {
        Connection connection = server.connect();
        connection.setCatalog("shop");
        return connection;
    }

    @Override
    CdcProject project(String tables, String... properties) {
        return CdcProject.of(root, server, tables, properties);
    }

    @Override
    String schema() {
        return "shop";
    }
}
