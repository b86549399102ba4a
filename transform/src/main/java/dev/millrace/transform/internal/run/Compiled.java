package dev.millrace.transform.internal.run;

import java.util.List;

/**
 * A node's SQL.
 *
 * @param sql complete, with the ephemeral models it reads laid in
 * @param bare without them
 */
record Compiled(String sql, String bare, List<Cte> ctes) {}
