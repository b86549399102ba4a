package dev.millrace.transform.internal.check;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.sql.QueryLineage;
import dev.millrace.warehouse.shadow.Binding;
import dev.millrace.warehouse.shadow.Existing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a query that the shadow refuses would fail in the warehouse too. In doubt nobody is accused.
 *
 * @param shaped whether all columns of all tables it reads are known
 * @param typed whether their types are, too
 * @param asked what its template asked that only the warehouse can tell
 */
record Judgement(
        QueryCheck.Query query,
        Optional<QueryLineage> lineage,
        boolean shaped,
        boolean typed,
        Existing existing,
        Optional<String> asked) {
    /** Why it cannot be told whether the query would fail; empty if it would. */
    Optional<String> doubt(Binding.Refused refused) {
        if (asked.isPresent()) {
            return asked;
        }
        return switch (refused.reason()) {
            case SYNTAX -> Optional.empty();
            case COLUMN -> when(!shaped && !isMissing(refused), unknownTables());
            case TABLE -> table(refused);
            case FUNCTION -> function(refused);
            case TYPE ->
                when(
                        !typed || lineage.isEmpty(),
                        shaped ? "types of columns that it reads are not known" : unknownTables());
            case ENVIRONMENT ->
                Optional.of(refused.message().lines().findFirst().orElse("the engine refuses it"));
        };
    }

    private static Optional<String> when(boolean doubtful, String reason) {
        return doubtful ? Optional.of(reason) : Optional.empty();
    }

    /** Whether none of the tables in sight has such a column for certain. */
    private boolean isMissing(Binding.Refused refused) {
        String name = refused.name().toLowerCase(Locale.ROOT);
        return lineage.isPresent()
                && lineage.get().missing().stream()
                        .map(missing -> missing.toLowerCase(Locale.ROOT))
                        .anyMatch(missing -> missing.equals(name) || missing.endsWith("." + name));
    }

    private String unknownTables() {
        return lineage.filter(found -> !found.unknownTables().isEmpty())
                .map(found -> "it reads " + String.join(", ", found.unknownTables()) + ", of which nothing is known")
                .orElse("it reads tables whose columns are not all known");
    }

    private Optional<String> table(Binding.Refused refused) {
        String name = refused.name();
        boolean plain = name.indexOf('.') < 0 && name.indexOf('/') < 0;
        boolean own = query.self()
                .filter(self -> name.equalsIgnoreCase(self.identifier())
                        || name.toLowerCase(Locale.ROOT)
                                .endsWith("." + self.identifier().toLowerCase(Locale.ROOT)))
                .isPresent();
        boolean certain = plain && !own && existing.known() && query.prepared();
        String reason = own ? "it reads itself before it is built" : "it reads " + name + ", of which nothing is known";
        return when(!certain, reason);
    }

    private Optional<String> function(Binding.Refused refused) {
        String name = refused.name().toLowerCase(Locale.ROOT);
        boolean certain =
                existing.known() && query.prepared() && !existing.functions().contains(name);
        return when(!certain, "it uses " + refused.name() + ", which hooks or the warehouse may have");
    }

    /** The refusal as an error at its place. */
    MillraceException error(Binding.Refused refused, Position position) {
        String first = refused.message().lines().findFirst().orElse("");
        String message = switch (refused.reason()) {
            case TABLE -> "there is no table '" + refused.name() + "'";
            case SYNTAX, COLUMN, FUNCTION, TYPE, ENVIRONMENT -> first;
        };
        String text = query.node().kind().key() + " " + query.node().name() + ": " + message;
        return new MillraceException(ErrorCode.SQL_INVALID, text, position, hint(refused), null);
    }

    private static @Nullable String hint(Binding.Refused refused) {
        List<String> candidates = refused.candidates();
        if (!candidates.isEmpty()) {
            return Suggestion.hint(lastPart(refused.name()), candidates);
        }
        List<String> rest = refused.message()
                .lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .toList();
        return rest.isEmpty() ? null : String.join("\n", rest);
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
