package dev.millrace.transform.internal.check;

import dev.millrace.core.MillraceException;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.run.DryCompiler;
import java.util.List;
import java.util.regex.Pattern;

/** Runs what on-run-start makes of functions and types in the shadow too. */
final class StartHooks {
    private static final Pattern HARMLESS = Pattern.compile(
            "(?is)\\s*(select|insert|update|delete|merge|truncate|analyze|vacuum|checkpoint|comment|grant|revoke)\\b.*");

    private final WatchedSession session;
    private final DryCompiler compiler;
    private final Verdicts verdicts;

    StartHooks(WatchedSession session, DryCompiler compiler, Verdicts verdicts) {
        this.session = session;
        this.compiler = compiler;
        this.verdicts = verdicts;
    }

    /** @return whether the shadow now has all functions and tables that the hooks make */
    boolean run(List<Resource> hooks) {
        boolean all = true;
        for (Resource hook : hooks) {
            all &= run(hook);
        }
        return all;
    }

    private boolean run(Resource hook) {
        session.begin(hook.relation());
        String sql;
        try {
            sql = compiler.compile(hook);
        } catch (MillraceException e) {
            if (session.asked().isEmpty()) {
                verdicts.problem(hook.id(), e);
            }
            return false;
        }
        if (session.asked().isPresent()) {
            return false;
        }
        if (sql.isBlank() || HARMLESS.matcher(sql).matches()) {
            return true;
        }
        try {
            session.execute(sql);
            return session.asked().isEmpty();
        } catch (MillraceException e) {
            // It may rest on something the shadow has not: what it would make is not known.
            return false;
        }
    }
}
