package dev.millrace.quality.internal.report;

/** How the page looks, by day and by night. */
final class ReportStyle {
    static final String CSS = """
            :root{color-scheme:light dark;--ink:#1c2326;--quiet:#647077;--line:#dfe4e6;--ground:#fff;--good:#2a7d4f;\
            --bad:#b3261e;--warn:#a86400}
            @media(prefers-color-scheme:dark){:root{--ink:#e6eaec;--quiet:#98a4aa;--line:#333c40;--ground:#15191b;\
            --good:#5fc58d;--bad:#ff8a80;--warn:#ffb74d}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground);margin:0 auto;\
            max-width:1100px;padding:1.5rem}
            h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}small,.quiet{color:var(--quiet);\
            font-weight:400;font-size:.85rem}
            .sum{display:flex;gap:.75rem;align-items:center}.trouble{color:var(--bad)}
            table{border-collapse:collapse;width:100%}th{text-align:left;font-size:.8rem;color:var(--quiet);font-weight:500}
            th,td{padding:.45rem .6rem .45rem 0;border-top:1px solid var(--line);vertical-align:top}
            .n{text-align:right;font-variant-numeric:tabular-nums}.tag{font-weight:600;white-space:nowrap;color:var(--good)}
            .fail .tag,.error .tag{color:var(--bad)}.warn .tag{color:var(--warn)}.found{font-size:.9rem}
            .fail .found,.error .found{color:var(--bad)}
            .runs{display:inline-flex;gap:2px}.runs i{width:4px;height:16px;background:var(--good);border-radius:1px}
            .runs i.fail,.runs i.error{background:var(--bad)}.runs i.warn{background:var(--warn)}
            code,pre{font-size:.85rem}pre{overflow:auto}ul{margin:.3rem 0}summary{cursor:pointer;color:var(--quiet);\
            font-size:.85rem}
            """;

    private ReportStyle() {}
}
