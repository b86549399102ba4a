package dev.millrace.activate.internal.salesforce;

import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.destination.Delivery;
import dev.millrace.activate.internal.destination.Destination;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.salesforce.ObjectDescription;
import dev.millrace.salesforce.SalesforceClient;
import dev.millrace.salesforce.SalesforceException;

/** A Salesforce organisation. */
final class SalesforceDestination implements Destination {
    private final SalesforceClient client;

    SalesforceDestination(SalesforceClient client) {
        this.client = client;
    }

    @Override
    public Delivery prepare(Sync sync) {
        ObjectDescription object = describe(sync);
        ObjectFields fields = ObjectFields.check(sync, object);
        return new SalesforceDelivery(client, object, fields, sync.options().mode());
    }

    private ObjectDescription describe(Sync sync) {
        String name = sync.destination().object();
        try {
            return client.describe(name);
        } catch (SalesforceException e) {
            if (e.code() == ErrorCode.STREAM_NOT_FOUND) {
                throw new MillraceException(
                        ErrorCode.STREAM_NOT_FOUND,
                        "'" + sync.destination().name() + "' has no object '" + name + "'",
                        sync.destination().objectPosition(),
                        Suggestion.hint(name, client.objects()),
                        e);
            }
            throw asDestination(e).at(sync.destination().position());
        }
    }

    @Override
    public String probe() {
        return client.probe();
    }

    /** Reading from a destination is a part of delivering to it. */
    static MillraceException asDestination(SalesforceException e) {
        return e.code() == ErrorCode.SOURCE_FAILED
                ? new MillraceException(
                        ErrorCode.DESTINATION_FAILED, e.text(), null, e.hint().orElse(null), e)
                : e;
    }

    @Override
    public void cancel() {
        client.cancel();
    }

    @Override
    public void close() {
        // The client holds nothing that has to be given back.
    }
}
