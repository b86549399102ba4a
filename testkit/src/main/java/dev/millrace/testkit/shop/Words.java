package dev.millrace.testkit.shop;

import java.util.List;
import java.util.SplittableRandom;

/** What names in the shop are made of. */
final class Words {
    static final List<String> GIVEN = List.of(
            "Ada", "Amara", "Björn", "Carla", "Chidi", "Dana", "Elif", "Emre", "Farid", "Freya", "Goran", "Hana",
            "Ines", "Ivo", "Jonas", "Kaya", "Lena", "Luca", "Maren", "Milan", "Nadia", "Noor", "Olga", "Pavel", "Quinn",
            "Rosa", "Sami", "Tariq", "Uma", "Vera", "Wanda", "Yusuf", "Zoë");
    static final List<String> FAMILY = List.of(
            "Abara",
            "Berg",
            "Castillo",
            "D'Amico",
            "Eklund",
            "Ferreira",
            "Grünwald",
            "Haddad",
            "Ibsen",
            "Jansen",
            "Kowalski",
            "Lindqvist",
            "Moreau",
            "Nakamura",
            "O'Hara",
            "Petrov",
            "Quist",
            "Rossi",
            "Schäfer",
            "Tanaka",
            "Ueda",
            "Vargas",
            "Weaver",
            "Yilmaz",
            "Zeman");
    static final List<String> SEGMENTS = List.of("consumer", "small_business", "corporate");
    static final List<String> CATEGORIES = List.of("books", "garden", "kitchen", "toys");
    static final List<String> COLOURS = List.of("amber", "black", "blue", "green", "ivory", "red", "walnut");
    static final List<String> REASONS = List.of("broken", "late", "not as described", "too small", "wrong item");
    private static final List<List<String>> THINGS = List.of(
            List.of("Atlas", "Cookbook", "Diary", "Field Guide", "Novel", "Songbook"),
            List.of("Birdhouse", "Hammock", "Planter", "Rake", "Trowel", "Watering Can"),
            List.of("Bread Knife", "Kettle", "Mixing Bowl", "Skillet", "Teapot", "Whisk"),
            List.of("Kite", "Marble Run", "Puzzle", "Robot", "Train Set", "Yo-Yo"));
    private static final List<String> QUALITIES = List.of(
            "Classic", "Compact", "Everyday", "Folding", "Handmade", "Large", "Pocket", "Quiet", "Sturdy", "Travel");
    /** Code, name and currency. */
    static final List<List<String>> COUNTRIES = List.of(
            List.of("AT", "Austria", "EUR"),
            List.of("BR", "Brazil", "BRL"),
            List.of("CA", "Canada", "CAD"),
            List.of("DE", "Germany", "EUR"),
            List.of("ES", "Spain", "EUR"),
            List.of("FR", "France", "EUR"),
            List.of("GB", "United Kingdom", "GBP"),
            List.of("IN", "India", "INR"),
            List.of("JP", "Japan", "JPY"),
            List.of("NG", "Nigeria", "NGN"),
            List.of("PL", "Poland", "PLN"),
            List.of("SE", "Sweden", "SEK"));

    private Words() {}

    static <T> T pick(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }

    static String thing(int category, SplittableRandom random) {
        return pick(QUALITIES, random) + " " + pick(THINGS.get(category), random);
    }
}
