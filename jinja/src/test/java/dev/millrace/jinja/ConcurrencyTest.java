package dev.millrace.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    @Test
    void one_template_renders_on_many_threads_without_mixing() throws Exception {
        Template template = JinjaEnvironment.standard().compile("""
                {% macro line(n) %}{{ who }}-{{ n }}{% endmacro -%}
                {% set seen = [] %}{% for i in range(50) %}{% do seen.append(line(i)) %}{% endfor %}{{ seen|join(',') }}""", "t");
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String who = "w" + i;
                results.add(pool.submit(() -> {
                    String[] parts = template.render(Globals.of(Map.of("who", who)))
                            .strip()
                            .split(",");
                    for (int n = 0; n < 50; n++) {
                        assertThat(parts[n]).isEqualTo(who + "-" + n);
                    }
                    return true;
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
