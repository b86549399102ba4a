package dev.millrace.assets.internal;

import dev.millrace.assets.Asset;
import dev.millrace.assets.Sql;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A method that is an asset.
 *
 * @param name the asset's
 */
record AssetMethod(Method method, Asset asset, String name, Position position) {
    static AssetMethod of(Method method, Asset asset, Position position) {
        String name = asset.name().isEmpty() ? Names.snakeCase(method.getName()) : asset.name();
        AssetMethod found = new AssetMethod(method, asset, name, position);
        found.check();
        return found;
    }

    private void check() {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw invalid("'" + name + "' cannot be the name of an asset", "Use letters, digits and '_'.");
        }
        String written = asset.materialized();
        if (!List.of("", "table", "view", "none").contains(written)) {
            throw invalid("materialized = \"" + written + "\" is unknown", "Use table, view or none.");
        }
        if (written.equals("view") && !returnsSql()) {
            throw invalid("only an asset that returns Sql can be a view", null);
        }
        boolean nothing = method.getReturnType() == void.class;
        if (nothing != materialized().equals("none")) {
            throw invalid(
                    nothing
                            ? "an asset that returns nothing can only be materialized = \"none\""
                            : "an asset that returns something is a table or a view",
                    null);
        }
        boolean usable = nothing || returnsSql() || element().isPresent();
        if (!usable) {
            throw invalid(
                    "an asset cannot return " + method.getGenericReturnType().getTypeName(),
                    "Return a List, Collection, Stream or array of records, Sql, or nothing.");
        }
        element().ifPresent(type -> {
            try {
                RecordColumns.of(type);
            } catch (IllegalArgumentException e) {
                throw invalid(String.valueOf(e.getMessage()), null);
            }
        });
        if (!Modifier.isStatic(method.getModifiers()) && constructor().isEmpty()) {
            throw invalid(
                    "class " + method.getDeclaringClass().getSimpleName() + " has no constructor without parameters",
                    "Add one, or make the method static.");
        }
    }

    /** {@code table}, {@code view} or {@code none}. */
    String materialized() {
        if (!asset.materialized().isEmpty()) {
            return asset.materialized();
        }
        return method.getReturnType() == void.class ? "none" : "table";
    }

    boolean returnsSql() {
        return method.getReturnType() == Sql.class;
    }

    /** The record that it returns many of. */
    Optional<Class<?>> element() {
        Class<?> type = method.getReturnType();
        if (type.isArray()) {
            return record(type.getComponentType());
        }
        boolean many = Collection.class.isAssignableFrom(type) || Stream.class.isAssignableFrom(type);
        return many ? element(method.getGenericReturnType()) : Optional.empty();
    }

    /** {@code T} of {@code List<T>}, if it is a record. */
    static Optional<Class<?>> element(Type type) {
        if (!(type instanceof ParameterizedType generic) || generic.getActualTypeArguments().length != 1) {
            return Optional.empty();
        }
        Type argument = generic.getActualTypeArguments()[0];
        Type bound = argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
        return bound instanceof Class<?> element ? record(element) : Optional.empty();
    }

    private static Optional<Class<?>> record(Class<?> type) {
        return type.isRecord() ? Optional.of(type) : Optional.empty();
    }

    Optional<Constructor<?>> constructor() {
        return Stream.of(method.getDeclaringClass().getDeclaredConstructors())
                .filter(one -> one.getParameterCount() == 0)
                .findFirst();
    }

    MillraceException invalid(String message, @org.jspecify.annotations.Nullable String hint) {
        return new MillraceException(ErrorCode.JAVA_INVALID, message, position, hint, null);
    }
}
