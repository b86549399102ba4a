package dev.millrace.transform.internal.context;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What is in environment variables whose name says that it is secret; dbt names them so. Immutable. */
public final class SecretTexts {
    private static final String PREFIX = "DBT_ENV_SECRET_";
    private static final String STARS = "*****";

    private final List<String> secrets;

    private SecretTexts(List<String> secrets) {
        this.secrets = secrets;
    }

    public static SecretTexts of(Map<String, String> environment) {
        // A secret that holds another one is hidden whole.
        return new SecretTexts(environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(PREFIX))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /** The text with stars in place of each secret. */
    public String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, STARS);
        }
        return hidden;
    }
}
