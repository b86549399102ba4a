package dev.millrace.testkit.internal.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Unpacks a POSIX (ustar) archive: folders, files, symbolic links, and GNU's long names. */
final class TarReader {
    private static final int BLOCK_BYTES = 512;

    private final InputStream in;
    private final Path root;
    private final byte[] buffer = new byte[1 << 16];

    TarReader(InputStream in, Path root) {
        this.in = in;
        this.root = root.toAbsolutePath().normalize();
    }

    void unpack() throws IOException {
        byte[] header = new byte[BLOCK_BYTES];
        String longName = "";
        while (in.readNBytes(header, 0, BLOCK_BYTES) == BLOCK_BYTES && header[0] != 0) {
            long sizeBytes = octal(header, 124, 12);
            String name = longName.isEmpty() ? name(header) : longName;
            longName = "";
            switch (header[156]) {
                case 'L' -> longName = longName(sizeBytes);
                case '5' -> Files.createDirectories(inside(name));
                case '2' -> link(inside(name), text(header, 157, 100));
                case '0', 0 -> file(inside(name), sizeBytes, (octal(header, 100, 8) & 0111) != 0);
                default -> in.skipNBytes(padded(sizeBytes));
            }
        }
    }

    private void file(Path target, long sizeBytes, boolean executable) throws IOException {
        Files.createDirectories(parent(target));
        try (OutputStream out = Files.newOutputStream(target)) {
            long left = sizeBytes;
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new EOFException("the archive ends inside " + target.getFileName());
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
        in.skipNBytes(padded(sizeBytes) - sizeBytes);
        Set<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if (executable) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        Files.setPosixFilePermissions(target, permissions);
    }

    private void link(Path link, String target) throws IOException {
        Files.createDirectories(parent(link));
        if (!parent(link).resolve(target).normalize().startsWith(root)) {
            throw new IOException("the archive links outside itself: " + link.getFileName() + " -> " + target);
        }
        Files.createSymbolicLink(link, Path.of(target));
    }

    private Path inside(String name) throws IOException {
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("the archive writes outside itself: " + name);
        }
        return path;
    }

    private Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? root : parent;
    }

    private String longName(long sizeBytes) throws IOException {
        byte[] bytes = in.readNBytes((int) sizeBytes);
        in.skipNBytes(padded(sizeBytes) - sizeBytes);
        return text(bytes, 0, bytes.length);
    }

    private static String name(byte[] header) {
        String prefix = text(header, 257, 6).equals("ustar") ? text(header, 345, 155) : "";
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, UTF_8);
    }

    private static long octal(byte[] bytes, int from, int length) {
        String digits = text(bytes, from, length).trim();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static long padded(long sizeBytes) {
        return (sizeBytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }
}
