package dev.millrace.cdc;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The same with a server that gives its transactions global ids, by which a reader resumes then. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MySqlIdsCdcIT extends MySqlCdcIT {
    @BeforeAll
    static void startServer() {
        server = MySqlServer.start(true);
    }
}
