package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.Resource;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Warns of models with a {@code deprecation_date}, where it has passed and where they are referred to. */
final class Deprecations {
    private final Parsing parsing;
    private final Manifest manifest;
    private final LocalDate today;

    Deprecations(Parsing parsing, Manifest manifest, LocalDate today) {
        this.parsing = parsing;
        this.manifest = manifest;
        this.today = today;
    }

    void warn() {
        for (Resource resource : manifest.resources().values()) {
            date(resource)
                    .filter(date -> date.isBefore(today))
                    .ifPresent(date -> warn(
                            resource + " is deprecated since " + date,
                            resource.identity().position(),
                            "Remove it, or move its deprecation_date."));
            for (RefArgs ref : resource.dependencies().refs()) {
                manifest.ref(ref, resource.packageName(), parsing.project().name())
                        .ifPresent(target -> date(target).ifPresent(date -> warn(resource, ref, target, date)));
            }
        }
    }

    private void warn(Resource from, RefArgs ref, Resource target, LocalDate date) {
        boolean other = target.version() != null
                && !String.valueOf(target.version()).equals(String.valueOf(target.latestVersion()));
        warn(
                from + " refers to " + target + ", which "
                        + (date.isBefore(today) ? "is deprecated since " : "will be deprecated on ") + date,
                ref.position(),
                other ? "The latest version is " + target.latestVersion() + "." : null);
    }

    private void warn(String message, Position position, @org.jspecify.annotations.Nullable String hint) {
        parsing.warnings().accept(new MillraceException(ErrorCode.CONFIG_INVALID, message, position, hint, null));
    }

    private static Optional<LocalDate> date(Resource resource) {
        Object written = resource.properties().extra().get("deprecation_date");
        if (written instanceof LocalDate date) {
            return Optional.of(date);
        }
        if (written instanceof LocalDateTime time) {
            return Optional.of(time.toLocalDate());
        }
        if (written instanceof OffsetDateTime time) {
            return Optional.of(time.toLocalDate());
        }
        try {
            String text = String.valueOf(written);
            return text.length() < 10 ? Optional.empty() : Optional.of(LocalDate.parse(text.substring(0, 10)));
        } catch (DateTimeException notDate) {
            return Optional.empty();
        }
    }
}
