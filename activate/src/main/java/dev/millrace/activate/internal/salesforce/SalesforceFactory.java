package dev.millrace.activate.internal.salesforce;

import dev.millrace.activate.internal.destination.Destination;
import dev.millrace.activate.internal.destination.DestinationFactory;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.salesforce.SalesforceClient;
import dev.millrace.salesforce.SalesforceConfig;

/** Opens Salesforce organisations. */
public final class SalesforceFactory implements DestinationFactory {
    @Override
    public String type() {
        return "salesforce";
    }

    @Override
    public Destination open(String name, YamlMap settings) {
        return new SalesforceDestination(new SalesforceClient(SalesforceConfig.read(settings)));
    }
}
