package dev.millrace.server.internal.pages;

import dev.millrace.server.internal.http.Assets;
import dev.millrace.server.internal.http.Principal;

/**
 * What surrounds every page.
 *
 * @param title of the page
 * @param section of the navigation that is marked
 * @param project its name
 * @param target the profile and output in use
 * @param principal who looks at it
 * @param version of Millrace
 */
public record Shell(
        String title,
        String section,
        String project,
        String target,
        Principal principal,
        Assets assets,
        String version) {
    public boolean operator() {
        return principal.role().includes(dev.millrace.server.Role.OPERATOR);
    }

    public boolean admin() {
        return principal.role().includes(dev.millrace.server.Role.ADMIN);
    }
}
