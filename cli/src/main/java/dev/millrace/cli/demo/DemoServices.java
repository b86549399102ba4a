package dev.millrace.cli.demo;

import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shop's database and its CRM, both real and both on this machine. Close stops them; their data stays. */
final class DemoServices implements AutoCloseable {
    static final int DATABASE_PORT = 54329;
    static final int CRM_PORT = 54380;
    /** Where the project runs its broker. */
    static final int BROKER_PORT = 54392;

    private final PostgresServer database;
    private final SalesforceService crm;
    private final int brokerPort;

    private DemoServices(PostgresServer database, SalesforceService crm, int brokerPort) {
        this.database = database;
        this.crm = crm;
        this.brokerPort = brokerPort;
    }

    /** Starts both, on the ports the project names unless somebody else has them. */
    static DemoServices start(Path folder) {
        PostgresServer database = PostgresServer.builder()
                .directory(folder.resolve("postgres"))
                .port(free(DATABASE_PORT))
                .user("shop")
                .password("shop")
                .database("shop")
                .setting("wal_level", "logical")
                .start();
        try {
            SalesforceService crm = SalesforceService.builder()
                    .port(free(CRM_PORT))
                    .stateFile(folder.resolve("crm.json"))
                    .object(
                            "Account",
                            SalesforceField.text("Shop_Customer_Id__c", 40)
                                    .asExternalId()
                                    .asUnique(),
                            SalesforceField.text("Segment__c", 40),
                            SalesforceField.checkbox("At_Risk__c"))
                    .start();
            return new DemoServices(database, crm, free(BROKER_PORT));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    PostgresServer database() {
        return database;
    }

    SalesforceService crm() {
        return crm;
    }

    /** What the project's {@code env_var()} calls need, where the ports are not the ones it expects. */
    Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        if (database.port() != DATABASE_PORT) {
            variables.put("SHOP_DB_PORT", Integer.toString(database.port()));
        }
        if (crm.url().getPort() != CRM_PORT) {
            variables.put("CRM_URL", crm.url().toString());
        }
        if (brokerPort != BROKER_PORT) {
            variables.put("SHOP_BROKER_PORT", Integer.toString(brokerPort));
        }
        return variables;
    }

    @Override
    public void close() {
        try {
            crm.close();
        } finally {
            database.close();
        }
    }

    private static int free(int wanted) {
        try (ServerSocket probe = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }
}
