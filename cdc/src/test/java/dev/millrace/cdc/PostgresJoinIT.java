package dev.millrace.cdc;

import dev.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** With PostgreSQL, where a slot of its own tells where the rows of a table that joins are of. */
class PostgresJoinIT extends JoiningTables {
    private PostgresServer server;

    @BeforeEach
    void startServer() {
        server = PostgresServer.builder().setting("wal_level", "logical").start();
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
        return CdcProject.of(root, server, "postgres").connector("postgres", tables, properties);
    }

    @Override
    String schema() {
        return "public";
    }
}
