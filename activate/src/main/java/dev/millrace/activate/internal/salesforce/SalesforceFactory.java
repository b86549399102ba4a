package dev.millrace.activate.internal.salesforce;

import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.destination.Destination;
import dev.millrace.activate.internal.destination.DestinationFactory;
import dev.millrace.activate.internal.destination.Route;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.salesforce.RequestListener;
import dev.millrace.salesforce.SalesforceClient;
import dev.millrace.salesforce.SalesforceConfig;
import java.time.Duration;

/** Opens Salesforce organisations. */
public final class SalesforceFactory implements DestinationFactory {
    /** What the step tries again has been tried again by the client before. */
    private static final int LESS_PATIENT = 3;

    @Override
    public String type() {
        return "salesforce";
    }

    @Override
    public BatchSize batchSize() {
        return new BatchSize(SalesforceClient.MAX_RECORDS, SalesforceClient.MAX_RECORDS);
    }

    @Override
    public void check(Sync sync) {
        if (sync.keys().size() > 1) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "a record of Salesforce has one key, but " + sync.keys().size() + " fields are named",
                    sync.keys().get(1).fieldPosition(),
                    "Name the one external id.",
                    null);
        }
    }

    @Override
    public Destination open(String name, YamlMap settings, Route route) {
        SalesforceConfig written = SalesforceConfig.read(settings);
        SalesforceConfig config = route.patience()
                .map(patience -> written.withRetries(1, Duration.ofMillis(1)).withRequestTimeout(patience))
                .orElse(
                        route.attempt() == 1
                                ? written
                                : written.withRetryLimit(written.retryLimit().dividedBy(LESS_PATIENT)));
        return new SalesforceDestination(new SalesforceClient(config, new RequestListener() {
            @Override
            public void sending() throws InterruptedException {
                route.pace().await();
            }

            @Override
            public void retrying(String message) {
                route.warnings().accept(message);
            }
        }));
    }
}
