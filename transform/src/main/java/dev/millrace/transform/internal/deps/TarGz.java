package dev.millrace.transform.internal.deps;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks the files of a gzipped tar archive; links are left out, and nothing is written outside the folder. */
final class TarGz {
    private static final int BLOCK = 512;

    private TarGz() {}

    /** Unpacks into {@code folder}, without the archive's topmost folder. */
    static void unpack(InputStream archive, Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(archive))) {
            String longName = null;
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                long size = octal(header, 124, 12);
                char type = (char) header[156];
                if (type == 'L' || type == 'x') {
                    byte[] body = body(in, size);
                    longName = type == 'L' ? text(body, 0, body.length) : path(body, longName);
                } else if (type == 'g') {
                    body(in, size);
                } else {
                    write(in, size, type, root, longName == null ? name(header) : longName);
                    longName = null;
                }
                header = in.readNBytes(BLOCK);
            }
        }
    }

    private static void write(InputStream in, long size, char type, Path root, String name) throws IOException {
        int top = name.indexOf('/');
        Path file = root.resolve(top < 0 ? name : name.substring(top + 1)).normalize();
        boolean isFile = type == '0' || type == 0;
        if (!file.startsWith(root)) {
            throw new IOException("the archive has a file outside its folder: " + name);
        }
        byte[] body = body(in, size);
        if (isFile && top >= 0) {
            Files.createDirectories(file.getParent());
            Files.write(file, body);
        }
    }

    private static byte[] body(InputStream in, long size) throws IOException {
        if (size > Integer.MAX_VALUE - BLOCK) {
            throw new IOException("a file of " + size + " bytes is too large for a package");
        }
        byte[] body = in.readNBytes((int) size);
        if (body.length < size) {
            throw new EOFException("the archive ends too early");
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        return body;
    }

    private static String name(byte[] header) {
        String prefix = text(header, 345, 155);
        boolean hasPrefix = text(header, 257, 5).equals("ustar") && !prefix.isEmpty();
        String name = text(header, 0, 100);
        return hasPrefix ? prefix + "/" + name : name;
    }

    /** The path that a pax header gives to the next file. */
    private static @Nullable String path(byte[] body, @Nullable String known) {
        for (String line : new String(body, StandardCharsets.UTF_8).split("\n")) {
            int at = line.indexOf(" path=");
            if (at >= 0) {
                return line.substring(at + " path=".length());
            }
        }
        return known;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] bytes, int from, int length) throws IOException {
        String digits = text(bytes, from, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("this is no tar archive", e);
        }
    }
}
