package dev.millrace.activate.internal.destination;

import dev.millrace.activate.internal.config.MappedField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sync's way into one object of a destination. Used by one thread. */
public interface Delivery {
    /** The mapped fields that together identify a record; at least one. */
    List<MappedField> keys();

    /**
     * A row as the destination takes it.
     *
     * @param values of the mapped columns, in the order of the mapping, in the types
     *     {@link dev.millrace.warehouse.Table} names
     */
    Encoded encode(List<@Nullable Object> values);

    /**
     * Sends records by the sync's mode. Sending the same records again changes nothing.
     *
     * @return what became of each, in the order of {@code items}
     * @throws dev.millrace.core.MillraceException DESTINATION_FAILED and the like if it is not known what became of
     *     them
     */
    List<Outcome> deliver(List<Item> items);

    /** Deletes records; one that is gone already counts as accepted. */
    List<Outcome> delete(List<Departure> records);
}
