package dev.millrace.cli.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The documentation page, which needs nothing from elsewhere. */
public final class StaticDocs {
    private static final String PLACE = "/*artifacts*/";

    private StaticDocs() {}

    /** The page that fetches the artifacts from beside it. */
    static byte[] page() {
        try (InputStream in = StaticDocs.class.getResourceAsStream("docs.html")) {
            if (in == null) {
                throw new IllegalStateException("docs.html is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes {@code static_index.html}: the page with manifest and catalog in it.
     *
     * @param target where both are
     * @return the file
     */
    public static Path write(Path target) {
        try {
            String data = "window.manifest=" + json(target.resolve("manifest.json")) + ";window.catalog="
                    + json(target.resolve("catalog.json")) + ";";
            String html = new String(page(), StandardCharsets.UTF_8).replace(PLACE, data);
            Path file = target.resolve("static_index.html");
            Files.writeString(file, html);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the page into " + target, e);
        }
    }

    /** As it may stand in a script element. */
    private static String json(Path file) throws IOException {
        return Files.readString(file).replace("</", "<\\/").replace("<!--", "<\\!--");
    }
}
