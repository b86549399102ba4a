package dev.millrace.activate.internal.http;

import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.destination.Delivery;
import dev.millrace.activate.internal.destination.Destination;
import dev.millrace.activate.internal.destination.Route;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;

/** A service that takes records over HTTP. */
final class HttpDestination implements Destination {
    private final HttpSettings settings;
    private final HttpTransport transport;

    HttpDestination(HttpSettings settings, Route route) {
        this.settings = settings;
        this.transport = new HttpTransport(settings, route);
    }

    @Override
    public Delivery prepare(Sync sync) {
        return new HttpDelivery(transport, settings, sync);
    }

    /** Any answer but a refusal of the credentials will do: a webhook need not answer HEAD with success. */
    @Override
    public String probe() {
        HttpAnswer answer = transport.send("HEAD", "", "", "");
        if (answer.status() == 401) {
            throw new MillraceException(
                    ErrorCode.AUTHENTICATION_FAILED,
                    settings.url() + " does not let us in: " + answer.describe(),
                    null,
                    "Check 'auth' and 'headers' of the destination in millrace.yml.",
                    null);
        }
        return settings.url() + " answers (HTTP " + answer.status() + " to HEAD)";
    }

    @Override
    public void cancel() {
        transport.cancel();
    }

    @Override
    public void close() {
        // The client holds nothing that has to be given back.
    }
}
