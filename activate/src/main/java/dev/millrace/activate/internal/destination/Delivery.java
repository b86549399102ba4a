package dev.millrace.activate.internal.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.activate.internal.config.MappedField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sync's way into one object of a destination. Used by one thread. */
public interface Delivery {
    /** The mapped field that identifies a record. */
    MappedField key();

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
     * @param records as {@link #encode} made them
     * @return what became of each, in the order of {@code records}
     * @throws dev.millrace.core.MillraceException DESTINATION_FAILED and the like if it is not known what became of
     *     them
     */
    List<Outcome> deliver(List<ObjectNode> records);

    /**
     * Deletes records; one that is gone already counts as accepted.
     *
     * @param ids as {@link Outcome.Accepted} gave them
     */
    List<Outcome> delete(List<String> ids);
}
